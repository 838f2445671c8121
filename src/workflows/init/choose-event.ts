import type { AbiEvent, AbiParameter } from 'viem'
import { ConfigError } from '../../errors.ts'
import { selectorOf, signatureOf } from './read-abi.ts'

/** What the user has said of the event, by names of its arguments. */
export type Wanted = {
  /** The name of the event, or its name and types. */
  readonly event?: string | undefined
  readonly consumer?: string | undefined
  readonly provider?: string | undefined
  readonly amount?: string | undefined
  readonly units?: string | undefined
  readonly service?: string | undefined
  /** An argument that holds what is paid in. */
  readonly assetArgument?: string | undefined
  /** Whether the asset is said without an argument, so that none is looked for. */
  readonly assetKnown: boolean
}

/** Which event tells of a paid use, and which of its arguments say what. */
export type Choice = {
  readonly event: AbiEvent
  readonly consumer: AbiParameter
  readonly provider: AbiParameter
  readonly amount: AbiParameter
  /** Null: the event does not say, or nobody has said that it does. */
  readonly units: AbiParameter | null
  readonly service: AbiParameter | null
  readonly asset: AbiParameter | null
}

type Role = Exclude<keyof Choice, 'event'>

/** Words in the names of arguments that tell their part where nobody has said it. */
const WORDS: { readonly [role in Role]?: readonly string[] } = {
  consumer: ['buyer', 'client', 'consumer', 'customer', 'from', 'payer', 'requester', 'sender', 'user'],
  provider: ['merchant', 'payee', 'provider', 'receiver', 'recipient', 'seller', 'supplier', 'to', 'worker'],
  amount: ['amount', 'cost', 'paid', 'payment', 'price', 'value'],
  asset: ['asset', 'currency', 'token'],
}

const isAddress = ({ type }: AbiParameter) => type === 'address'
const isUint = ({ type }: AbiParameter) => /^uint\d*$/.test(type)
const isPlain = ({ type }: AbiParameter) => !/\[|^tuple/.test(type)
const FITS: { readonly [role in Role]: readonly [fits: (input: AbiParameter) => boolean, noun: string] } = {
  consumer: [isAddress, 'an address'],
  provider: [isAddress, 'an address'],
  amount: [isUint, 'an unsigned integer'],
  units: [isUint, 'an unsigned integer'],
  service: [isPlain, 'a single value'],
  asset: [isAddress, 'an address'],
}

/** The one event that fits what was said. Where several do, or none does, the error lists all of them with their arguments. */
export function chooseEvent(events: readonly AbiEvent[], wanted: Wanted): Choice {
  const named = events.filter(
    (event) => wanted.event === undefined || [event.name, selectorOf(event)].includes(wanted.event.replaceAll(' ', '')),
  )
  if (named.length === 0) throw noEvent(events, String(wanted.event))
  const tried = named.map((event) => ({ event, ...attempt(event, wanted) }))
  const fitting = tried.flatMap(({ choice }) => choice ?? [])
  if (fitting.length === 1) return fitting[0]!
  throw undecided(tried, fitting.length)
}

type Attempt = { readonly choice?: Choice; readonly reasons: readonly string[] }

function attempt(event: AbiEvent, wanted: Wanted): Attempt {
  const { taken, reasons } = givenArguments(event, wanted)
  if (reasons.length > 0) return { reasons }
  const left = (role: Role) => event.inputs.filter((one) => FITS[role][0](one) && ![...taken.values()].includes(one))
  const take = (role: Role, found: AbiParameter | undefined) => {
    if (found !== undefined && !taken.has(role)) taken.set(role, found)
  }
  const byWord = (role: Role) => only(left(role).filter(({ name }) => wordsOf(name).some(isOne(WORDS[role] ?? []))))
  if (!wanted.assetKnown) take('asset', byWord('asset'))
  take('consumer', byWord('consumer'))
  take('provider', byWord('provider'))
  takeParties(taken, left('consumer'), take)
  take('amount', byWord('amount') ?? only(left('amount')))
  const [consumer, provider, amount] = [taken.get('consumer'), taken.get('provider'), taken.get('amount')]
  if (consumer !== undefined && provider !== undefined && amount !== undefined) {
    if (consumer === provider) return { reasons: ['consumer and provider are one argument'] }
    const at = (role: Role) => taken.get(role) ?? null
    const choice = { event, consumer, provider, amount, units: at('units'), service: at('service'), asset: at('asset') }
    return { choice, reasons: [] }
  }
  const open = (['consumer', 'provider', 'amount'] as const).filter((role) => !taken.has(role))
  return {
    reasons: open.map((role) => `--${role} is open: ${namesOf(left(role)) || 'no argument of its type is left'}`),
  }
}

function givenArguments({ inputs }: AbiEvent, wanted: Wanted) {
  const given: { readonly [role in Role]: string | undefined } = { ...wanted, asset: wanted.assetArgument } as never
  const reasons: string[] = []
  const taken = new Map<Role, AbiParameter>()
  for (const role of Object.keys(FITS) as Role[]) {
    const name = given[role]
    if (name === undefined) continue
    const [fits, noun] = FITS[role]
    const input = inputs.find((one) => one.name === name)
    if (input === undefined) reasons.push(`${role}: it has no argument ${name}`)
    else if (fits(input)) taken.set(role, input)
    else reasons.push(`${role}: ${name} is of type ${input.type}, not ${noun}`)
  }
  return { taken, reasons }
}

/** Where no name tells the parties, two addresses are who pays and who is paid, in this order. */
function takeParties(
  taken: ReadonlyMap<Role, AbiParameter>,
  left: readonly AbiParameter[],
  take: (role: Role, found: AbiParameter | undefined) => void,
): void {
  const open = (['consumer', 'provider'] as const).filter((role) => !taken.has(role))
  if (left.length === open.length) open.forEach((role, i) => void take(role, left[i]))
}

/** `jobBuyer`, `job_buyer` and `_jobBuyer` all end in `buyer`. */
function wordsOf(name = ''): string[] {
  return name.split(/_|(?<=[a-z\d])(?=[A-Z])/).map((word) => word.toLowerCase())
}

function isOne(words: readonly string[]) {
  return (word: string) => words.includes(word)
}

function only<item>(items: readonly item[]): item | undefined {
  return items.length === 1 ? items[0] : undefined
}

function namesOf(inputs: readonly AbiParameter[]): string {
  return inputs.map(({ name }) => name).join(' or ')
}

function noEvent(events: readonly AbiEvent[], wanted: string): ConfigError {
  return new ConfigError(`The ABI has no event ${wanted}.`, {
    details: events.map(signatureOf),
    fix: 'Pass --event with one of these names.',
  })
}

function undecided(tried: readonly (Attempt & { readonly event: AbiEvent })[], fitting: number): ConfigError {
  const details = tried.map(({ event, reasons }) =>
    [signatureOf(event), ...reasons.map((one) => `  ${one}`)].join('\n'),
  )
  const [first] = tried.filter(({ choice }) => fitting === 0 || choice !== undefined)
  const one = tried.length === 1 ? first!.event.name : undefined
  const what =
    fitting > 1
      ? `${fitting} events of the ABI can tell of a paid use.`
      : `It is not clear how ${one ?? 'any event of the ABI'} tells of a paid use.`
  const { name, inputs } = first!.event
  const examples = (fits: (input: AbiParameter) => boolean) => inputs.filter(fits).map((input) => String(input.name))
  const [consumer = 'ARGUMENT', provider = 'ARGUMENT'] = examples(isAddress)
  const [amount = 'ARGUMENT'] = examples(isUint)
  return new ConfigError(what, {
    details,
    fix:
      fitting > 1
        ? `Name the one: --event ${name}; where two have one name, with its types: --event '${selectorOf(first!.event)}'.`
        : `Say which argument is what, such as --event ${name} --consumer ${consumer} --provider ${provider} --amount ${amount}; the consumer pays, the provider is paid.`,
  })
}

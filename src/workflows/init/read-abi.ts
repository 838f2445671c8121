import { type Abi, type AbiEvent, type AbiParameter, parseAbi } from 'viem'
import { z } from 'zod'
import { ConfigError } from '../../errors.ts'

/** What is written into a program must be a name or a type, and nothing else. */
const name = z.string().regex(/^[A-Za-z_$][\w$]*$/)
const type = z.string().regex(/^[a-z][a-z0-9]*(\[\d*\])*$/)
const parameter: z.ZodType<AbiParameter> = z.object({
  name: z.union([name, z.literal('')]).default(''),
  type,
  indexed: z.boolean().optional(),
  get components() {
    return z.array(parameter).optional()
  },
}) as never
const event = z.object({
  type: z.literal('event'),
  name,
  inputs: z.array(parameter),
  anonymous: z.boolean().optional(),
})

/**
 * The events of an ABI: a list of items, an artifact of Hardhat or Foundry, a list of signatures, or lines of them.
 * An argument without a name gets one by its place. Anonymous events have no topic to be found by and are left out.
 */
export function readEvents(text: string, path: string): AbiEvent[] {
  const items = itemsOf(text, path)
  const events = items.filter(({ type }) => type === 'event')
  const parsed = z.array(event).safeParse(events)
  if (!parsed.success) {
    const { path: at, message } = parsed.error.issues[0]!
    throw notAnAbi(path, `${at.join('.')}: ${message}`)
  }
  const found = parsed.data.filter(({ anonymous }) => anonymous !== true).map(withNames)
  if (found.length === 0) {
    throw new ConfigError(`The ABI in ${path} has no event.`, {
      details: [`${items.length} items, ${events.length} of them anonymous events`],
      fix: 'Pass the ABI of the contract that logs a paid use; of a proxy, that of its implementation.',
    })
  }
  return found
}

function itemsOf(text: string, path: string): Abi {
  const json = jsonOf(text)
  const items = typeof json === 'object' && json !== null && 'abi' in json ? json.abi : json
  if (Array.isArray(items) && items.every((item) => typeof item === 'object' && item !== null)) return items as Abi
  const lines = Array.isArray(items) ? items : json === undefined ? linesOf(text) : null
  if (lines === null || !lines.every((line) => typeof line === 'string')) {
    throw notAnAbi(path, 'it is neither a list of items or signatures, nor an object with such a list as abi')
  }
  try {
    return parseAbi(lines as readonly string[]) as Abi
  } catch (cause) {
    throw notAnAbi(path, cause instanceof Error ? cause.message.split('\n')[0]! : String(cause))
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/).flatMap((line) => line.replace(/;?\s*$/, '').trim() || [])
}

function withNames({ inputs, ...rest }: z.output<typeof event>): AbiEvent {
  return { ...rest, inputs: inputs.map((input, i) => readable({ ...input, name: input.name || `arg${i}` })) }
}

/** Other languages than Solidity allow names that a signature cannot hold; a name does not change what a log says. */
function readable<input extends AbiParameter>(input: input): input {
  const { name = '', components } = input as { readonly name?: string; readonly components?: readonly AbiParameter[] }
  const plain = name.replaceAll('$', '_')
  const inside = components === undefined ? {} : { components: components.map(readable) }
  return { ...input, ...inside, name: isReadable(plain) ? plain : `${plain}_` }
}

function isReadable(name: string): boolean {
  if (name === '__proto__') return false
  try {
    return parseAbi([`event E(uint256 ${name})`] as readonly string[]).length === 1
  } catch {
    return false
  }
}

/** The event as a line of a human-readable ABI. */
export function signatureOf({ name, inputs }: AbiEvent): string {
  return `event ${name}(${inputs.map(parameterOf).join(', ')})`
}

function parameterOf(input: AbiEvent['inputs'][number]): string {
  const words = [typeOf(input), input.indexed === true ? 'indexed' : '', input.name]
  return words.filter((word) => word !== '' && word !== undefined).join(' ')
}

/** The types alone, by which events of one name are told apart. */
export function selectorOf({ name, inputs }: AbiEvent): string {
  return `${name}(${inputs.map((input) => typeOf({ ...input, name: '' }, true)).join(',')})`
}

function typeOf(input: AbiParameter, bare = false): string {
  const { components } = input as { readonly components?: readonly AbiParameter[] }
  if (components === undefined) return input.type
  const parts = components.map((part) => (bare ? typeOf(part, true) : parameterOf(part)))
  return `(${parts.join(bare ? ',' : ', ')})${input.type.slice('tuple'.length)}`
}

function notAnAbi(path: string, why: string): ConfigError {
  return new ConfigError(`${path} is not an ABI.`, {
    details: [why],
    fix: 'Pass a list of ABI items, an artifact of Hardhat or Foundry, or a list of signatures such as "event Paid(address buyer, address seller, uint256 price)".',
  })
}

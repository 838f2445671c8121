import { createHash } from 'node:crypto'
import type { Label, LabelKind, Link, Programme, Wallet, Window } from '../records/context.ts'
import { BLOCKS_A_DAY, CHAINS, type Level, levels, type MoveKind, moveKinds, OPENS, SOURCE } from './chain.ts'
import { type Entry, openTape, type Tape } from './tape.ts'

/** Number of a wallet. */
export type Actor = number

/** Value from one wallet to another. `at` is in days after the market opens; amounts are in the smallest unit. */
export type Move = {
  readonly from: Actor
  readonly to: Actor
  readonly amount: bigint
  readonly at: number
  /** 0, the default: the main chain. */
  readonly chain?: number
}

/** One paid use of a service, settled by a transfer of its own. */
export type Purchase = Move & {
  readonly service: string
  /** Tokens of the model. */
  readonly units: number
  /** What was asked, by number; default: something new. */
  readonly payload?: number
  /** Who sends the transaction, where it is not the payer. */
  readonly sender?: Actor
  readonly disclosed?: boolean
  /** Default `none`. */
  readonly level?: Level
  readonly adversary?: string
  /** Why it is honest and may look like wash usage: the class of a control, or the id that a signal declares. */
  readonly control?: string
}

/** Everything that happened, and who is who. Wallets and names are found by their number. */
export type Recording = {
  readonly seed: number
  readonly days: number
  readonly token: Actor
  readonly tape: Tape
  readonly addresses: readonly string[]
  /** Who really is behind each wallet. */
  readonly owners: readonly string[]
  readonly names: readonly string[]
  readonly labels: readonly Label[]
  readonly links: readonly Link[]
  readonly wallets: readonly Wallet[]
  readonly programmes: readonly Programme[]
  readonly windows: readonly Window[]
}

export type Recorder = ReturnType<typeof startRecording>

/** Writes down what happens in a market, and what it really was. */
export function startRecording(seed: number, days: number) {
  const tape = openTape()
  const actors = nameActors(seed)
  const names = numberNames()
  const context = {
    labels: [] as Label[],
    links: [] as Link[],
    wallets: [] as Wallet[],
    programmes: [] as Programme[],
    windows: [] as Window[],
  }
  const token = actors.wallet('token')
  const nextLogs = countLogs()
  const moveOfUsage: number[] = []
  const value = { honest: 0n, wash: 0n }

  function write(kind: MoveKind, { at, chain = 0, ...move }: Move, usage: Partial<Entry> = {}): number {
    const block = Math.floor(at * BLOCKS_A_DAY)
    const logs = logsOf[kind]
    const log = logs === 0 ? -1 : nextLogs(chain, block, logs)
    return tape.write({ ...nothing, ...move, ...usage, kind: moveKinds.indexOf(kind), chain, block, log })
  }
  function use(kind: 'settled' | 'used', purchase: Purchase): number {
    const { service, units, payload = -1, sender = purchase.from, disclosed = false, level = 'none' } = purchase
    const { from, to, amount, at, chain = 0, adversary, control } = purchase
    const usage = moveOfUsage.length
    const truth = { level: levels.indexOf(level), adversary: names.of(adversary), control: names.of(control) }
    const what = { usage, service: names.of(service), units, payload, sender, disclosed: Number(disclosed), ...truth }
    moveOfUsage.push(write(kind, { from, to, amount, at, chain }, what))
    value[level === 'none' ? 'honest' : 'wash'] += kind === 'used' ? BigInt(units) : amount
    return usage
  }
  return {
    ...actors,
    ...context,
    token,
    pay: (purchase: Purchase): number => use('settled', purchase),
    /** A use that nobody pays for. */
    use: (purchase: Purchase): number => use('used', purchase),
    /** A purchase as it was made. */
    purchase(usage: number): Move & { readonly units: number } {
      const { from, to, amount, block, units } = tape.read()
      const move = moveOfUsage[usage] as number
      const parties = { from: from[move] as Actor, to: to[move] as Actor }
      const at = (block[move] as number) / BLOCKS_A_DAY
      return { ...parties, amount: amount[move] as bigint, at, units: units[move] as number }
    },
    /** Gives a payment its honest reason afterwards. */
    explain: (usage: number, control: string): void =>
      tape.set(moveOfUsage[usage] as number, 'control', names.of(control)),
    /** A refund that the protocol logs, of all that was paid; such usage counts no more. */
    refund(usage: number, at: number): void {
      const move = moveOfUsage[usage] as number
      const { from, to, amount, chain, service, level } = tape.read()
      const back = { from: to[move] as number, to: from[move] as number, amount: amount[move] as bigint }
      const sent = { ...back, at, chain: chain[move] as number }
      write('refunded', sent, { usage, service: service[move] as number, sender: back.from })
      value[level[move] === 0 ? 'honest' : 'wash'] -= back.amount
    },
    /** A transfer of the token that settles nothing. */
    send: (move: Move): void => void write('erc20', move),
    /** A transfer of the chain's own currency. */
    fund: (move: Move): void => void write('native', move),
    /** Value that a bridge hands out. */
    bridge: (move: Move): void => void write('bridge', move),
    /** What an incentive programme pays for an epoch. */
    reward: (move: Move, epoch: number): void => void write('reward', move, { service: epoch }),
    label(wallet: Actor, kind: LabelKind, chain: number | null = null): void {
      const address = actors.address(wallet)
      context.labels.push({
        address,
        chain: chain === null ? null : (CHAINS[chain] as string),
        kind,
        name: null,
        source: SOURCE,
        as_of: null,
      })
    },
    /** A smart account, made when it is first used. */
    account(wallet: Actor, type: string, at: number): void {
      const created = OPENS + Math.floor(at * 86_400_000)
      const address = actors.address(wallet)
      context.wallets.push({
        chain: CHAINS[0],
        address,
        created,
        account_type: type,
        code_hash: null,
        source: SOURCE,
      })
    },
    tape: tape.read,
    name: names.of,
    /** Value, or units of unpaid use, that counts so far. */
    value: (): { readonly honest: bigint; readonly wash: bigint } => value,
    finish: (): Recording => ({ seed, days, token, tape: tape.read(), ...actors.all, names: names.all, ...context }),
  }
}

/** The transfer of the token, then what the network logs of it. */
const logsOf = { settled: 2, refunded: 2, used: 0, erc20: 1, native: 0, bridge: 1, reward: 2 } as const

const nothing: Omit<Entry, 'kind' | 'chain' | 'block' | 'log' | 'from' | 'to' | 'amount'> = {
  usage: -1,
  service: -1,
  units: 0,
  payload: -1,
  sender: -1,
  disclosed: 0,
  level: 0,
  adversary: -1,
  control: -1,
}

/** Addresses depend on the seed and the name alone. */
function nameActors(seed: number) {
  const numbers = new Map<string, Actor>()
  const all = { addresses: [] as string[], owners: [] as string[] }
  const add = (name: string, address: string, owner: string): Actor => {
    const known = numbers.get(name)
    if (known !== undefined) return known
    numbers.set(name, all.addresses.length)
    all.owners.push(owner)
    return all.addresses.push(address) - 1
  }
  return {
    all,
    /** The wallet of that name; its owner is told when it is first named, and else is itself. */
    wallet: (name: string, owner = name): Actor => add(name, addressOf(seed, name), owner),
    /** An actor that goes by its name, as an employee does. */
    actor: (name: string): Actor => add(name, name, name),
    address: (actor: Actor): string => all.addresses[actor] as string,
    owner: (actor: Actor): string => all.owners[actor] as string,
  }
}

export function addressOf(seed: number, name: string): string {
  return hashOf(seed, `wallet ${name}`).slice(0, 42)
}

export function hashOf(seed: number, name: string): string {
  return `0x${createHash('sha256').update(`${seed} ${name}`).digest('hex')}`
}

function numberNames() {
  const numbers = new Map<string, number>()
  const all: string[] = []
  return {
    all,
    of(name: string | undefined): number {
      if (name === undefined) return -1
      const known = numbers.get(name)
      if (known !== undefined) return known
      numbers.set(name, all.length)
      return all.push(name) - 1
    },
  }
}

/** Gives each log of a block its number. */
function countLogs() {
  const used = new Map<number, number>()
  return (chain: number, block: number, logs: number): number => {
    const key = block * CHAINS.length + chain
    const first = used.get(key) ?? 0
    used.set(key, first + logs)
    return first
  }
}

import { createHash } from 'node:crypto'
import type { Label, LabelKind, Link, Programme, Wallet, Window } from '../records/context.ts'
import { BLOCKS_A_DAY, CHAINS, type Level, levels, type MoveKind, moveKinds, OPENS, SOURCE } from './chain.ts'
import { openTape, type Tape } from './tape.ts'

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

  function write(kind: MoveKind, { from, to, amount, at, chain = 0 }: Move): number {
    if (amount < 0n || amount > MOST) throw new RangeError(`an amount of ${amount} does not fit the tape`)
    const move = tape.append()
    const { columns } = tape
    // A time that was read from a block and shifted by days must find its block again.
    const block = Math.floor(at * BLOCKS_A_DAY + 1e-6)
    columns.kind[move] = moveKinds.indexOf(kind)
    columns.chain[move] = chain
    columns.block[move] = block
    columns.log[move] = logsOf[kind] === 0 ? -1 : nextLogs(chain, block, logsOf[kind])
    columns.from[move] = from
    columns.to[move] = to
    columns.amount[move] = amount
    return move
  }
  function use(kind: 'settled' | 'used', purchase: Purchase): number {
    const { payload = -1, sender = purchase.from, disclosed = false, level = 'none' } = purchase
    const move = write(kind, purchase)
    const { columns } = tape
    columns.usage[move] = moveOfUsage.length
    columns.service[move] = names.of(purchase.service)
    columns.units[move] = purchase.units
    columns.payload[move] = payload
    columns.sender[move] = sender
    columns.disclosed[move] = Number(disclosed)
    columns.level[move] = levels.indexOf(level)
    columns.adversary[move] = names.of(purchase.adversary)
    columns.control[move] = names.of(purchase.control)
    value[level === 'none' ? 'honest' : 'wash'] += kind === 'used' ? BigInt(purchase.units) : purchase.amount
    return moveOfUsage.push(move) - 1
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
      const { from, to, amount, block, units } = tape.columns
      const move = moveOfUsage[usage] as number
      const parties = { from: from[move] as Actor, to: to[move] as Actor }
      const at = (block[move] as number) / BLOCKS_A_DAY
      return { ...parties, amount: amount[move] as bigint, at, units: units[move] as number }
    },
    /** Gives a payment its honest reason afterwards. */
    explain(usage: number, control: string): void {
      tape.columns.control[moveOfUsage[usage] as number] = names.of(control)
    },
    /** A refund that the protocol logs, of all that was paid; such usage counts no more. */
    refund(usage: number, at: number): void {
      const move = moveOfUsage[usage] as number
      const { from, to, amount, chain, service, level } = tape.columns
      const [payee, back] = [to[move] as Actor, amount[move] as bigint]
      const place = { from: payee, to: from[move] as Actor, chain: chain[move] as number }
      const written = write('refunded', { ...place, amount: back, at })
      tape.columns.usage[written] = usage
      tape.columns.service[written] = service[move] as number
      tape.columns.sender[written] = payee
      value[level[move] === 0 ? 'honest' : 'wash'] -= back
    },
    /** A transfer of the token that settles nothing. */
    send: (move: Move): void => void write('erc20', move),
    /** A transfer of the chain's own currency. */
    fund: (move: Move): void => void write('native', move),
    /** Value that a bridge hands out. */
    bridge: (move: Move): void => void write('bridge', move),
    /** What an incentive programme pays for an epoch. */
    reward(move: Move, epoch: number): void {
      const written = write('reward', move)
      tape.columns.service[written] = epoch
    },
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

/** The largest amount of one move. */
const MOST = 2n ** 63n - 1n

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

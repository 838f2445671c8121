import { type Actor, nameActors, numberNames } from './actors.ts'
import { BLOCKS_A_DAY, CHAINS, type Level, levels, type MoveKind, moveKinds } from './chain.ts'
import { type Context, recordContext } from './context.ts'
import { openTape, type Tape } from './tape.ts'

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
export type Recording = Readonly<Context> & {
  readonly seed: number
  readonly days: number
  readonly token: Actor
  readonly tape: Tape
  readonly addresses: readonly string[]
  /** Who really is behind each wallet. */
  readonly owners: readonly string[]
  readonly names: readonly string[]
}

export type Recorder = ReturnType<typeof startRecording>

type Names = ReturnType<typeof numberNames>
type Tapes = ReturnType<typeof openTape>

/** Writes down what happens in a market, and what it really was. */
export function startRecording(seed: number, days: number) {
  const tape = openTape()
  const { addresses, owners, ...actors } = nameActors(seed)
  const names = numberNames()
  const { context, ...said } = recordContext({ addresses, owners, ...actors })
  const token = actors.wallet('token')
  const write = writeMoves(tape)
  return {
    ...actors,
    ...said,
    ...recordUsage(tape, names, write),
    context,
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
    tape: tape.read,
    finish: (): Recording => ({
      seed,
      days,
      token,
      tape: tape.read(),
      addresses,
      owners,
      names: names.all,
      ...context,
    }),
  }
}

/** The transfer of the token, then what the network logs of it. */
const logsOf = { settled: 2, refunded: 2, used: 0, erc20: 1, native: 0, bridge: 1, reward: 2 } as const

/** The largest amount of one move. */
const MOST = 2n ** 63n - 1n

/** Puts a move into the block of its time and says its number. */
function writeMoves(tape: Tapes) {
  const nextLogs = countLogs()
  return (kind: MoveKind, { from, to, amount, at, chain = 0 }: Move): number => {
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
}

/** Purchases by the number of their usage, and what they are worth together. */
function recordUsage(tape: Tapes, names: Names, write: ReturnType<typeof writeMoves>) {
  const moveOfUsage: number[] = []
  const value = { honest: 0n, wash: 0n }
  const use = (kind: 'settled' | 'used', purchase: Purchase): number => {
    const { amount, units, level = 'none' } = purchase
    const move = write(kind, purchase)
    describe(tape, names, { move, usage: moveOfUsage.length }, purchase)
    value[level === 'none' ? 'honest' : 'wash'] += kind === 'used' ? BigInt(units) : amount
    return moveOfUsage.push(move) - 1
  }
  /** A purchase as it was made. */
  const purchase = (usage: number) => {
    const { from, to, amount, chain, block, units } = tape.columns
    const move = moveOfUsage[usage] as number
    return {
      from: from[move] as Actor,
      to: to[move] as Actor,
      amount: amount[move] as bigint,
      chain: chain[move] as number,
      at: (block[move] as number) / BLOCKS_A_DAY,
      units: units[move] as number,
    }
  }
  return {
    pay: (purchase: Purchase): number => use('settled', purchase),
    /** A use that nobody pays for. */
    use: (purchase: Purchase): number => use('used', purchase),
    purchase,
    /** Gives a payment its honest reason afterwards. */
    explain(usage: number, control: string): void {
      tape.columns.control[moveOfUsage[usage] as number] = names.of(control)
    },
    /** A refund that the protocol logs, of all that was paid; such usage counts no more. */
    refund(usage: number, at: number): void {
      const { columns } = tape
      const move = moveOfUsage[usage] as number
      const { from, to, amount, chain } = purchase(usage)
      const written = write('refunded', { from: to, to: from, amount, at, chain })
      columns.usage[written] = usage
      columns.service[written] = columns.service[move] as number
      columns.sender[written] = to
      value[columns.level[move] === 0 ? 'honest' : 'wash'] -= amount
    },
    /** Value, or units of unpaid use, that counts so far. */
    value: (): { readonly honest: bigint; readonly wash: bigint } => value,
  }
}

/** Fills the columns that only a usage has. */
function describe(
  { columns }: Tapes,
  names: Names,
  { move, usage }: { readonly move: number; readonly usage: number },
  purchase: Purchase,
): void {
  const { payload = -1, sender = purchase.from, disclosed = false, level = 'none' } = purchase
  columns.usage[move] = usage
  columns.service[move] = names.of(purchase.service)
  columns.units[move] = purchase.units
  columns.payload[move] = payload
  columns.sender[move] = sender
  columns.disclosed[move] = Number(disclosed)
  columns.level[move] = levels.indexOf(level)
  columns.adversary[move] = names.of(purchase.adversary)
  columns.control[move] = names.of(purchase.control)
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

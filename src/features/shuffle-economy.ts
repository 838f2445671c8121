import type { Random } from '../statistics/random.ts'
import type { Economy, FreeTransfers, Payments } from './economy.ts'

/** An economy without what signals look for, and which share of rows has another other side than before. */
export type Shuffled = {
  readonly economy: Economy
  readonly moved: { readonly payments: number; readonly transfers: number }
}

const WEEK = 604_800_000

/**
 * Payees change places, with their services, among payments of one week and asset; recipients among transfers of one
 * week, asset and kind of recipient. Who pays and sends when and how much stays, and so does how often each wallet is
 * paid and sent to: what is left of a signal is what degrees and times alone bring about.
 */
export function shuffleEconomy(economy: Economy, random: Random): Shuffled {
  const { payments, transfers } = economy
  const { payee, service } = payeeShuffles(payments)(random)
  const to = transfers.to.slice()
  for (const rows of strata(transferKeys(economy))) permute(rows, random, (a, b) => swap(to, a, b))
  return {
    economy: { ...economy, payments: { ...payments, payee, service }, transfers: { ...transfers, to } },
    moved: { payments: movedShare(payments.payee, payee), transfers: movedShare(transfers.to, to) },
  }
}

/**
 * The first half of that, to be drawn again and again: payees, with their services, change places among payments of one week
 * and asset.
 */
export function payeeShuffles(payments: Payments): (random: Random) => Pick<Payments, 'payee' | 'service'> {
  const groups = [...strata(paymentKeys(payments))]
  return (random) => {
    const payee = payments.payee.slice()
    const service = payments.service.slice()
    for (const rows of groups)
      permute(rows, random, (a, b) => {
        swap(payee, a, b)
        swap(service, a, b)
      })
    return { payee, service }
  }
}

/** −1: a row that stays as it is, because its other side or its time is not known. */
function paymentKeys({ payee, time, asset }: Payments): Float64Array {
  return Float64Array.from(payee, (wallet, row) => (wallet === -1 ? -1 : keyOf(time[row]!, asset[row]!, 0)))
}

function transferKeys({ transfers, parties, isService, payments }: Economy): Float64Array {
  const { to, time, asset, isNative }: FreeTransfers = transfers
  const isPaid = new Uint8Array(parties)
  for (const wallet of payments.payee) if (wallet !== -1) isPaid[wallet] = 1
  const kindOf = (wallet: number) => (isService[wallet] === 1 ? 3 : wallet >= parties ? 2 : isPaid[wallet]!)
  return Float64Array.from(to, (wallet, row) => keyOf(time[row]!, asset[row]!, kindOf(wallet) * 2 + isNative[row]!))
}

/** Weeks, assets and kinds as one whole number, exact while there are fewer than 2^24 assets. */
function keyOf(time: number, asset: number, kind: number): number {
  if (Number.isNaN(time)) return -1
  return (Math.floor(time / WEEK) * 2 ** 24 + asset) * 8 + kind
}

/** Rows of each key, in their order. */
function strata(keys: Float64Array): Iterable<Int32Array> {
  const numberOf = new Map<number, number>()
  const starts: number[] = []
  const groupOf = new Int32Array(keys.length).fill(-1)
  keys.forEach((key, row) => {
    if (key === -1) return
    const group = numberOf.get(key) ?? numberOf.size
    if (group === starts.length) {
      numberOf.set(key, group)
      starts.push(0)
    }
    groupOf[row] = group
    starts[group]! += 1
  })
  const rows = starts.map((size) => new Int32Array(size))
  const next = new Int32Array(starts.length)
  groupOf.forEach((group, row) => {
    if (group !== -1) rows[group]![next[group]!++] = row
  })
  return rows
}

/** Fisher–Yates over the rows of one stratum. */
function permute(rows: Int32Array, random: Random, exchange: (a: number, b: number) => void): void {
  for (let last = rows.length - 1; last > 0; last -= 1) exchange(rows[last]!, rows[random.below(last + 1)]!)
}

function swap(column: Int32Array, a: number, b: number): void {
  const kept = column[a]!
  column[a] = column[b]!
  column[b] = kept
}

function movedShare(before: Int32Array, after: Int32Array): number {
  if (before.length === 0) return 0
  return before.reduce((sum, wallet, row) => sum + (after[row] === wallet ? 0 : 1), 0) / before.length
}

import type { Random } from '../statistics/random.ts'
import type { Economy, FreeTransfers } from './economy.ts'

/** The same without any label. */
export function withoutLabels(economy: Economy): Economy {
  return { ...economy, isService: new Uint8Array(economy.isService.length) }
}

/** The same with the parties of some payments not known; every payment keeps its number. */
export function withoutPayments({ payments, ...rest }: Economy, isLeftOut: (usage: number) => boolean): Economy {
  const known = (wallets: Int32Array) => wallets.map((wallet, usage) => (isLeftOut(usage) ? -1 : wallet))
  return { ...rest, payments: { ...payments, payer: known(payments.payer), payee: known(payments.payee) } }
}

/** The same without transfers of some times (UTC ms); the others are numbered anew. */
export function withoutTransfers({ transfers, ...rest }: Economy, isLeftOut: (time: number) => boolean): Economy {
  const kept = Int32Array.from(transfers.time.keys()).filter((row) => !isLeftOut(transfers.time[row]!))
  const of = <column extends Int32Array | Float64Array>(column: column) => pick(column, kept)
  const left: FreeTransfers = {
    ...{ from: of(transfers.from), to: of(transfers.to), asset: of(transfers.asset) },
    ...{ isNative: of(transfers.isNative), time: of(transfers.time), amount: of(transfers.amount) },
  }
  return { ...rest, transfers: left }
}

function pick<column extends Int32Array | Float64Array>(column: column, rows: Int32Array): column {
  const picked = column.slice(0, rows.length) as column
  rows.forEach((row, i) => {
    picked[i] = column[row]!
  })
  return picked
}

const BLOCKS = 100

/**
 * A tenth of the time that transfers span, in a hundred blocks of equal length, drawn without replacement: what a
 * collection misses is missing by blocks of time, never transfer by transfer.
 */
export function missingBlocks({ transfers }: Economy, random: Random): (time: number) => boolean {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const time of transfers.time) {
    if (time < first) first = time
    if (time > last) last = time
  }
  const isMissing = new Uint8Array(BLOCKS)
  for (let left = BLOCKS / 10; left > 0; ) {
    const block = random.below(BLOCKS)
    if (isMissing[block] === 0) left -= 1
    isMissing[block] = 1
  }
  const width = (last - first) / BLOCKS || 1
  return (time) => isMissing[Math.min(BLOCKS - 1, Math.floor((time - first) / width))] === 1
}

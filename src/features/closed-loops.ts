import type { Ledger } from '../ledger/ledger.ts'
import { type Economy, economy } from './economy.ts'
import { defineFeature } from './feature.ts'
import { type AssetMoves, privateWallets } from './private-wallets.ts'
import { returnFlows } from './return-flows.ts'
import { serviceHubs } from './service-hubs.ts'

/**
 * What moves in a loop: a grant, from a wallet private to the payee to a payer; what a payer gives back to one; a return,
 * from the payee to one; and a payment. Within one moment they stand in this order, so that nothing comes back too early.
 */
export const loopMoves = { grant: 0, back: 1, return: 2, payment: 3 } as const

/** One payee and one asset with the wallets through which its value comes back to its payers; rows loop by loop, in order of time. */
export type ClosedLoops = {
  readonly loops: readonly {
    readonly chain: string
    readonly asset: string
    readonly payee: string
    /** Wallets through which value comes back, by name. */
    readonly between: readonly string[]
  }[]
  readonly loop: Int32Array
  /** One of `loopMoves`. */
  readonly kind: Uint8Array
  /** Number of the payer within its loop, counted on from loop to loop; −1 of a return. */
  readonly payer: Int32Array
  /** UTC ms. */
  readonly time: BigInt64Array
  /** `usage_index` of a payment, `free_index` of a transfer. */
  readonly index: Int32Array
  /** Number among the pair transfers where a row is a transfer from a payee to its payer as well; −1: it is none. */
  readonly direct: Int32Array
  /** In the smallest unit of the loop's asset. */
  amount(row: number): bigint
}

const { grant: GRANT, back: BACK, return: RETURN, payment: PAYMENT } = loopMoves

const HOPS = 3
const SHARE = 0.9
const BASE = 10n ** 13n

/** Loops over at most three private wallets: nearly all that leaves each goes on to the payee, its payers or such a wallet. */
export const closedLoops = defineFeature({
  id: 'closed-loops',
  reads: ['payments', 'transfers'],
  async compute({ ledger, get }): Promise<ClosedLoops> {
    const { isService } = await get(serviceHubs)
    const all = { ...(await get(economy)), isService }
    // Its query numbers the direct returns, of which no unit may count twice.
    await get(returnFlows)
    const rows = sorted(rowsByAsset(all).flatMap((moves) => loopRows(all, moves)))
    return readLoops(ledger, all, rows)
  },
})

type Row = {
  readonly asset: number
  readonly payee: number
  readonly kind: number
  readonly wallet: number
  readonly time: number
  readonly index: number
}

type NumberedMoves = AssetMoves & {
  readonly asset: number
  /** Row of each move among payments or transfers of the economy, and wallet of each node. */
  readonly row: Int32Array
  readonly wallets: readonly number[]
}

/** Moves of each asset in which usage was paid, with the wallets of that asset numbered from 0. */
function rowsByAsset({ assets, payments, transfers, names, isService, parties }: Economy): NumberedMoves[] {
  const { payer, payee } = payments
  const paid = rowsOf(
    payments,
    assets.length,
    (row) => payer[row] !== -1 && payee[row] !== -1 && payer[row] !== payee[row],
  )
  const moved = rowsOf(transfers, assets.length, () => true)
  const nodeOf = new Int32Array(names.length).fill(-1)
  return assets.flatMap(({ asset: name }, asset) => {
    const [first, second] = [paid(asset), moved(asset)]
    if (name === null || first.length === 0 || second.length === 0) return []
    const wallets: number[] = []
    const node = (wallet: number) => {
      if (nodeOf[wallet] === -1) nodeOf[wallet] = wallets.push(wallet) - 1
      return nodeOf[wallet]!
    }
    const size = first.length + second.length
    const from = new Int32Array(size)
    const to = new Int32Array(size)
    const amount = new Float64Array(size)
    first.forEach((row, i) => {
      from[i] = node(payer[row]!)
      to[i] = node(payee[row]!)
      amount[i] = payments.amount[row]!
    })
    second.forEach((row, i) => {
      from[first.length + i] = node(transfers.from[row]!)
      to[first.length + i] = node(transfers.to[row]!)
      amount[first.length + i] = transfers.amount[row]!
    })
    for (const wallet of wallets) nodeOf[wallet] = -1
    const row = new Int32Array(size)
    row.set(first)
    row.set(second, first.length)
    return [
      {
        ...{ asset, wallets, row, nodes: wallets.length, from, to, amount },
        isPayment: new Uint8Array(size).fill(1, 0, first.length),
        isService: Uint8Array.from(wallets, (wallet) => isService[wallet]!),
        isParty: Uint8Array.from(wallets, (wallet) => Number(wallet < parties)),
      },
    ]
  })
}

/** Rows of each asset that have an amount and a time, in their order. */
function rowsOf(
  { asset, amount, time }: Economy['transfers'] | Economy['payments'],
  assets: number,
  isWanted: (row: number) => boolean,
): (asset: number) => Int32Array {
  const counted = (row: number) => amount[row]! > 0 && !Number.isNaN(time[row]!) && isWanted(row)
  const offsets = new Int32Array(assets + 1)
  for (let row = 0; row < asset.length; row += 1) if (counted(row)) offsets[asset[row]! + 1]!++
  for (let one = 0; one < assets; one += 1) offsets[one + 1]! += offsets[one]!
  const next = offsets.slice(0, assets)
  const rows = new Int32Array(offsets[assets]!)
  for (let row = 0; row < asset.length; row += 1) if (counted(row)) rows[next[asset[row]!]!++] = row
  return (one) => rows.subarray(offsets[one], offsets[one + 1])
}

/** Rows of every payee to whose payers value comes back over private wallets; payments only of payers that have grants. */
function loopRows({ payments, transfers }: Economy, moves: NumberedMoves): Row[] {
  const { asset, from, to, isPayment, isService, wallets, nodes } = moves
  const { payeeOf, homeOf, isFed, feeds } = privateWallets(moves, SHARE, HOPS)
  const kindOf = (move: number) => {
    const [source, target] = [from[move]!, to[move]!]
    if (isPayment[move] === 1) return payeeOf[source] === target ? PAYMENT : -1
    if (homeOf[target] === source && feeds[target] === 1) return RETURN
    if (homeOf[source] !== -1 && homeOf[source] === payeeOf[target] && isFed[source] === 1) return GRANT
    return homeOf[target] !== -1 && homeOf[target] === payeeOf[source] ? BACK : -1
  }
  const [hasReturn, hasGrant] = [new Uint8Array(nodes), new Uint8Array(nodes)]
  for (let move = 0; move < from.length; move += 1) {
    const kind = kindOf(move)
    if (kind === RETURN) hasReturn[from[move]!] = 1
    if (kind === GRANT) hasGrant[to[move]!] = 1
  }
  const rows: Row[] = []
  for (let move = 0; move < from.length; move += 1) {
    const kind = kindOf(move)
    if (kind === -1) continue
    const payer = kind === RETURN ? -1 : kind === GRANT ? to[move]! : from[move]!
    const payee = kind === RETURN ? from[move]! : payeeOf[payer]!
    if (hasReturn[payee] === 0 || isService[payee] === 1) continue
    if (payer !== -1 && (hasGrant[payer] === 0 || isService[payer] === 1)) continue
    const index = moves.row[move]!
    const time = (isPayment[move] === 1 ? payments : transfers).time[index]!
    rows.push({ asset, payee: wallets[payee]!, kind, wallet: wallets[payer === -1 ? to[move]! : payer]!, time, index })
  }
  return rows
}

function sorted(rows: Row[]): Row[] {
  return rows.sort(
    (a, b) => a.asset - b.asset || a.payee - b.payee || a.time - b.time || a.kind - b.kind || a.index - b.index,
  )
}

async function readLoops(ledger: Ledger, { names, assets }: Economy, rows: readonly Row[]): Promise<ClosedLoops> {
  const { direct, amounts } = await readAmounts(ledger, rows)
  const [loop, payer] = [new Int32Array(rows.length), new Int32Array(rows.length).fill(-1)]
  const loops: { chain: string; asset: string; payee: string; between: Set<string> }[] = []
  let [payers, known] = [0, new Map<number, number>()]
  rows.forEach(({ kind, asset, payee, wallet }, row) => {
    const before = rows[row - 1]
    if (before?.asset !== asset || before.payee !== payee) {
      const { chain, asset: name } = assets[asset]!
      loops.push({ chain, asset: name!, payee: names[payee]!, between: new Set() })
      known = new Map()
    }
    loop[row] = loops.length - 1
    if (kind === RETURN) {
      loops.at(-1)!.between.add(names[wallet]!)
      return
    }
    if (!known.has(wallet)) known.set(wallet, payers++)
    payer[row] = known.get(wallet)!
  })
  return {
    ...{ loop, payer, direct, amount: (row) => amounts[row]! },
    loops: loops.map((one) => ({ ...one, between: [...one.between] })),
    kind: Uint8Array.from(rows, ({ kind }) => kind),
    time: BigInt64Array.from(rows, ({ time }) => BigInt(time)),
    index: Int32Array.from(rows, ({ index }) => index),
  }
}

/** Exact amounts, of these rows alone. Both ends of a payment may have one owner: it is W0 then, and no part of a loop. */
async function readAmounts(ledger: Ledger, rows: readonly Row[]) {
  const integers = (values: Int32Array) => ({ type: 'integer' as const, values })
  const keep = (name: string, index: string, some: readonly Row[]) =>
    ledger.keep(name, {
      place: integers(Int32Array.from(some.keys())),
      [index]: integers(Int32Array.from(some, (row) => row.index)),
    })
  await keep(
    'loop_payments',
    'usage_index',
    rows.filter(({ kind }) => kind === PAYMENT),
  )
  await keep(
    'loop_transfers',
    'free_index',
    rows.filter(({ kind }) => kind !== PAYMENT),
  )
  const paid = await ledger.columns('loop-payments')
  const moved = await ledger.columns('loop-transfers')
  const direct = new Int32Array(rows.length).fill(-1)
  let [payment, transfer] = [0, 0]
  const amounts = rows.map(({ kind }, row) => {
    const [columns, at] = kind === PAYMENT ? [paid, payment++] : [moved, transfer++]
    if (kind !== PAYMENT) direct[row] = (moved.transfer_index as Int32Array)[at]!
    else if ((paid.is_self as Int32Array)[at] === 1) return 0n
    const [a, b, c] = [columns.amount_a, columns.amount_b, columns.amount_c] as BigInt64Array[]
    return (a![at]! * BASE + b![at]!) * BASE + c![at]!
  })
  return { direct, amounts }
}

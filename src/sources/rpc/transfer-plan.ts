import type { BlockRange } from '../../records/block-range.ts'
import { readQuantity, wrongShape } from './answers.ts'
import { askInParts, hexOf } from './ask.ts'
import type { RpcClient } from './client.ts'

/** How far transfers are read. */
export type TransferBounds = {
  /** Blocks before the range of the usage from which transfers are read as well. Default 0. */
  readonly lookback?: number
  /** 1: transfers that touch the wallets. 2: also those of the addresses that they dealt with. Default 1. */
  readonly hops?: 1 | 2
  /** An address that dealt with more of the wallets serves many people, and is not followed. Default 50. */
  readonly maxDealings?: number
  /** An address that has sent more transactions is busy with others, and is not followed. Default 10,000. */
  readonly maxSent?: number
}

/** Wallets whose transfers are to be read over a range, in one step. */
export type TransferStep = { readonly hop: number; readonly wallets: readonly string[]; readonly range: BlockRange }

/** An address that dealt with the wallets, as `transfer-counterparties` gives it. */
export type Counterparty = {
  readonly counterparty: string
  /** How many of the wallets it dealt with. */
  readonly wallets: number
  readonly is_service: boolean
  /** Transactions that it ever sent; null: not asked. */
  readonly sent: number | null
}

/** Addresses that are not followed, by the first reason that applies. */
export type LeftOut = { readonly services: number; readonly busy: number }

export type FollowedStep = { readonly step: TransferStep; readonly leftOut: LeftOut }

const DEFAULTS = { lookback: 0, hops: 1, maxDealings: 50, maxSent: 10_000 } as const

/** The first step: the wallets of a protocol, over the range of its usage and what comes before it. */
export function firstStep(
  wallets: readonly string[],
  range: BlockRange,
  { lookback = DEFAULTS.lookback }: TransferBounds = {},
): TransferStep {
  return { hop: 1, wallets: distinct(wallets), range: { from: Math.max(0, range.from - lookback), to: range.to } }
}

/** The next step, from what the first one brought; null where the bounds end before it. */
export function nextStep(
  { wallets, range }: TransferStep,
  found: readonly Counterparty[],
  bounds: TransferBounds = {},
): FollowedStep | null {
  if ((bounds.hops ?? DEFAULTS.hops) < 2) return null
  const { maxDealings = DEFAULTS.maxDealings, maxSent = DEFAULTS.maxSent } = bounds
  const known = new Set(wallets)
  const others = found.filter(({ counterparty }) => !known.has(counterparty))
  const persons = others.filter(({ is_service }) => !is_service)
  const followed = persons.filter((one) => one.wallets <= maxDealings && (one.sent ?? 0) <= maxSent)
  const leftOut = { services: others.length - persons.length, busy: persons.length - followed.length }
  return { step: { hop: 2, wallets: distinct(followed.map(({ counterparty }) => counterparty)), range }, leftOut }
}

/** One sentence for the screen: what is read, and what is therefore not seen. */
export function boundSentence({ wallets, range }: TransferStep, next: FollowedStep | null): string {
  const { from, to } = range
  const before = from === 0 ? '' : `what came before block ${from} or `
  if (next === null) {
    const read = `Transfers: ${count(wallets.length, 'wallet')}, blocks ${from}–${to}, 1 hop`
    return `${read}; ${before}through a third wallet is not seen.`
  }
  const { services, busy } = next.leftOut
  const read = `Transfers: ${count(wallets.length, 'wallet')} and ${count(next.step.wallets.length, 'counterparty', 'counterparties')}, blocks ${from}–${to}, 2 hops`
  const left = `${count(services, 'labelled service')} and ${count(busy, 'busy address', 'busy addresses')} are not followed`
  return `${read}; ${left}; ${before}through a fourth wallet is not seen.`
}

/** How many transactions each address has sent by a block. */
export async function sentCounts(client: RpcClient, addresses: readonly string[], block: number): Promise<number[]> {
  await client.chainId()
  const params = addresses.map((address) => [address, hexOf(block)])
  const answers = await askInParts(client, 'eth_getTransactionCount', params)
  return answers.map((answer) => {
    const sent = readQuantity(answer)
    if (Number.isNaN(sent)) throw wrongShape(client.chain, 'eth_getTransactionCount', 'a number', answer)
    return sent
  })
}

function distinct(addresses: readonly string[]): string[] {
  return [...new Set(addresses)].sort()
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`
}

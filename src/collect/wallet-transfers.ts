import type { Ledger } from '../ledger/ledger.ts'
import type { AnyProtocol } from '../protocols/protocol.ts'
import type { Batch } from '../records/index.ts'
import { collectNative } from '../sources/rpc/collect-native.ts'
import { collectTransfers } from '../sources/rpc/collect-transfers.ts'
import type { Reading } from '../sources/rpc/reading.ts'

/** How far transfers are followed. */
export type TransferBounds = {
  /** Blocks before the range from which transfers are read as well; first fundings lie there. Default 0. */
  readonly lookback?: number | undefined
  /** 1: transfers that touch a wallet of the protocol; 2: those of their counterparties as well; and so on. Default 1. */
  readonly hops?: number | undefined
  /** Whether transfers of the chain's own currency are read, which costs calls of its own. */
  readonly native?: boolean | undefined
  /** Blocks that may be read one by one for that. */
  readonly nativeBlocks?: number | undefined
}

/** A counterparty with more counterparties than this serves many: following it would follow everybody. */
const MOST_COUNTERPARTIES = 200

type Store = (batches: AsyncIterable<Batch>) => Promise<void>

/** Reads the transfers of a protocol's wallets hop by hop, and says in one sentence each what was and was not seen. */
export async function walletTransfers(
  reading: Reading,
  protocol: AnyProtocol,
  ledger: Ledger,
  { lookback = 0, hops = 1, native = false, nativeBlocks }: TransferBounds,
  store: Store,
): Promise<string[]> {
  const { client, range, signal } = reading
  const { chain } = client
  const wider = { ...reading, range: { from: Math.max(0, range.from - lookback), to: range.to } }
  const assets = protocol.assets.filter((asset) => asset.chain === chain).map(({ asset }) => asset)
  const key = { protocol: protocol.id, chain }
  const wallets = new Set(await walletsOf(ledger, 'wallets-of-protocol', key))
  for (let hop = 1; hop <= hops && !signal?.aborted; hop += 1) {
    if (hop > 1)
      for (const one of await walletsOf(ledger, 'counterparties', { ...key, most: MOST_COUNTERPARTIES }))
        wallets.add(one)
    await store(collectTransfers(wider, { protocol: protocol.id, wallets: [...wallets], assets }))
  }
  const { from, to } = wider.range
  const said = [
    `transfers of ${wallets.size} wallets, blocks ${from}–${to}, ${hops} ${hops === 1 ? 'hop' : 'hops'}; what came before, or through wallets farther away, is not seen`,
  ]
  if (!native) return [...said, 'native transfers: not read; pass --native to look for a way that the node serves']
  await store(
    collectNative({
      client,
      protocol: protocol.id,
      wallets: [...wallets],
      range: wider.range,
      covered: reading.covered,
      outcome: ({ sentence, refused }) => said.push(sentence, ...refused.map((words) => `  refused: ${words}`)),
      ...(nativeBlocks === undefined ? {} : { nativeBlocks }),
      ...(reading.progress === undefined ? {} : { progress: reading.progress }),
      ...(signal === undefined ? {} : { signal }),
    }),
  )
  return said
}

async function walletsOf(ledger: Ledger, query: string, key: { readonly [name: string]: string | number }) {
  return (await ledger.rows(query, key)).map((row) => String(row.wallet))
}

import type { AnyProtocol, ProtocolContext } from '../protocols/protocol.ts'
import type { Asset, ProtocolRecord } from '../records/context.ts'

/** What the network's own metric counts, as the ledger keeps it: it comes from the adapter, whatever brought the rows. */
export function metricRow(protocol: AnyProtocol): ProtocolRecord {
  return {
    protocol: protocol.id,
    adapter_version: protocol.version,
    metric_statuses: protocol.metric.statuses.join(','),
    metric_time: protocol.metric.time,
    unit_kind: protocol.metric.unitKind,
    source: `protocol:${protocol.id}`,
  }
}

/** The assets of one chain that the protocol vouches for. */
export function assetRows(protocol: AnyProtocol, chain: string): Asset[] {
  return protocol.assets
    .filter((asset) => asset.chain === chain)
    .map(({ asset, symbol, decimals, peg }) => ({
      chain,
      asset: asset.toLowerCase(),
      symbol,
      decimals,
      declared: true,
      peg: peg ?? null,
      source: `protocol:${protocol.id}`,
    }))
}

/** What the adapter knows of one chain beside its logs: labels, and the programmes that reward the usage. */
export function contextRows({ context = {} }: AnyProtocol, chain: string): ProtocolContext {
  const here = (row: { readonly chain: string | null }) => row.chain === null || row.chain === chain
  return {
    ...context,
    ...(context.labels === undefined ? {} : { labels: context.labels.filter(here) }),
    ...(context.programmes === undefined ? {} : { programmes: context.programmes.filter(here) }),
  }
}

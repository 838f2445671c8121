import type { AnyProtocol } from '../protocols/protocol.ts'
import type { Asset, Programme, ProtocolRecord } from '../records/context.ts'

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

/** The programmes of one chain whose terms the protocol declares, and those that count usage on several. */
export function programmeRows(protocol: AnyProtocol, chain: string): Programme[] {
  return (protocol.programmes ?? [])
    .filter((programme) => programme.chain === null || programme.chain === chain)
    .map(({ programme, chain: on, counted, url }) => ({
      protocol: protocol.id,
      programme,
      chain: on,
      counted,
      rank_cut: null,
      visibility: 'public',
      url,
      source: `protocol:${protocol.id}`,
    }))
}

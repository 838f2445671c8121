import type { AnyProtocol } from '../protocols/protocol.ts'
import type { Facts } from '../records/index.ts'

type Context = Pick<Facts, 'protocols' | 'assets' | 'programmes' | 'rates' | 'labels' | 'claims'>

/**
 * What an adapter declares for one chain, as the ledger keeps it whatever brought the rows: what the network's own
 * metric counts, the assets it vouches for, and its programmes with their rates, labels and claims. A row without a chain is for all.
 */
export function contextRows(protocol: AnyProtocol, chain: string): Context {
  const { id, version, metric, assets, programmes = [], labels = [], claims = [] } = protocol
  const source = `protocol:${id}`
  const here = (row: { readonly chain: string | null }) => row.chain === null || row.chain === chain
  return {
    protocols: [
      {
        protocol: id,
        adapter_version: version,
        metric_statuses: metric.statuses.join(','),
        metric_time: metric.time,
        unit_kind: metric.unitKind,
        source,
      },
    ],
    assets: assets.filter(here).map(({ asset, symbol, decimals, peg = null, chain }) => {
      return { chain, asset: asset.toLowerCase(), symbol, decimals, declared: true, peg, source }
    }),
    programmes: programmes.filter(here).map(({ programme, chain, counted, url }) => {
      return { protocol: id, programme, chain, counted, rank_cut: null, visibility: 'public', url, source }
    }),
    rates: programmes.filter(here).flatMap(({ programme, url, rates = [] }) =>
      rates.map(({ metric, value, from, to }) => {
        const ended = to === null ? null : Date.parse(to)
        return { protocol: id, programme, metric, value, from_time: Date.parse(from), to_time: ended, url, source }
      }),
    ),
    labels: labels.filter(here),
    claims: claims.map((claim) => ({ ...claim, protocol: id, source })),
  }
}

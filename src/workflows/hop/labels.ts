import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { type HopBridge, numberOf, readColumns } from './read-hop.ts'

/** Wallets that operators approved as linked, and those found eligible; all others have no label here. */
export type HopLabels = {
  /** Labelled wallets. */
  readonly picked: Int32Array
  /** By place in `picked`: 1 for a linked wallet. */
  readonly positive: Uint8Array
  /** By place: the group that operators approved, empty for others. */
  readonly group: readonly string[]
}

/** Labels stand apart from what clustering reads: only the evaluation opens them. */
export async function readLabels(folder: string): Promise<HopLabels> {
  const [labels, groups] = (await readColumns(join(folder, 'wallets.csv.gz'), ['label', 'group'])) as [
    string[],
    string[],
  ]
  const picked = Int32Array.from(labels, (_, i) => i).filter((i) => labels[i] === 'sybil' || labels[i] === 'eligible')
  const positive = Uint8Array.from(picked, (i) => (labels[i] === 'sybil' ? 1 : 0))
  return { picked, positive, group: Array.from(picked, (i, k) => (positive[k] === 1 ? groups[i]! : '')) }
}

/** 1 for every node that a list names as a service and no list excepts. */
export async function readServices(folder: string, { activity, table }: HopBridge): Promise<Uint8Array> {
  const text = gunzipSync(await readFile(join(folder, 'known-services.csv.gz'))).toString('latin1')
  const services = new Uint8Array(activity.nodes)
  const rows = text
    .trimEnd()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(',') as [string, string])
  for (const kind of ['blacklist', 'whitelist'])
    for (const [address, list] of rows) {
      if (!list.toLowerCase().endsWith(kind)) continue
      const node = numberOf(table, address)
      if (node >= 0 && node < activity.nodes) services[node] = kind === 'blacklist' ? 1 : 0
    }
  return services
}

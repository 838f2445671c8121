import type { PlannedChain } from '../collect/dry-run.ts'
import type { CollectSummary } from '../collect.ts'
import { omissionPower } from '../statistics/omission-power.ts'

/** What was read, what was compared, and what was left out. */
export function describeChain(chain: CollectSummary['chains'][number]): string[] {
  const { blocks, logs, served } = chain.checked
  const power = (omissionPower(logs, 0.005) * 100).toFixed(1)
  const compared =
    blocks === 0
      ? '  omissions: nothing was left to compare in this run'
      : `  omissions: ${logs} logs of ${blocks} blocks compared with their receipts; had 0.5 % of logs been missing, this would have seen it with ${power} %`
  return [
    `${chain.protocol} on ${chain.chain}: blocks ${chain.from}–${chain.to}, ${describeRows(chain.rows)}, ${chain.rejected} rejected`,
    served ? compared : '  omissions: not looked for, since no node serves receipts and there is no second one',
    ...chain.said.map((sentence) => `  ${sentence}`),
    ...chain.skipped.map(({ from, to, reason }) => `  NOT READ: blocks ${from}–${to}. The provider says: ${reason}`),
  ]
}

/** What collecting would take. */
export function describePlan({
  protocol,
  chain,
  from,
  to,
  blocks,
  calls,
  bytes,
  seconds,
  probes,
  said,
}: PlannedChain): string {
  const sentences = said.map((sentence) => `  ${sentence}`)
  if (from > to) return [`${protocol} on ${chain}:`, ...sentences].join('\n')

  const [least, most] = seconds.map((time) => Math.ceil(time))
  return [
    `${protocol} on ${chain}: blocks ${from} to ${to}`,
    `  to read    ${blocks} blocks, over contracts, events and transfers`,
    `  calls      about ${calls} (JSON-RPC)`,
    `  answers    about ${(bytes / 1e6).toFixed(1)} MB`,
    `  time       ${least} to ${most} s at the pace of ${probes} probe calls`,
    ...sentences,
  ].join('\n')
}

/** Rows added to each table of facts. */
export function describeRows(rows: CollectSummary['chains'][number]['rows']): string {
  const facts = Object.entries(rows).filter(
    ([table]) => !['coverage', 'protocols', 'assets', 'labels', 'rejects'].includes(table),
  )
  return facts.length === 0 ? 'nothing new' : facts.map(([table, n]) => `${n} ${table}`).join(', ')
}

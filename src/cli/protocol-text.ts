import type { AnyProtocol } from '../protocols/protocol.ts'

/** A network in a few lines, for a list of them. */
export function protocolSummary(protocol: AnyProtocol): string {
  const { id, title, about, deployments, programmes = [] } = protocol
  const chains = [...new Set(deployments.map(({ chain }) => chain))].join(', ')
  return lines(`${id}  ${title}`, [
    ['chains', `${chains} (${verification(protocol)})`],
    ['a row', about.row],
    ['consumer', about.consumer],
    ['provider', about.provider],
    ['price', about.price],
    ['its metric', metricText(protocol)],
    ['programmes', programmes.length === 0 ? 'none declared' : `${programmes.length} declared`],
    ['unavailable', about.unavailable.join(' ') || 'nothing known'],
    ['traps', about.traps.join(' ') || 'none known'],
  ])
}

/** All that is declared of one network. */
export function protocolDetails(protocol: AnyProtocol): string {
  const { id, title, version, about, deployments, discoveries = [], anchors = [], labels = [] } = protocol
  const read = anchors.map(({ role, event }) => `transactions with ${event} of ${role}, whole`).join(', ')
  return [
    lines(`${id}  ${title}, adapter version ${version}`, [
      ['a row', about.row],
      ['consumer', about.consumer],
      ['provider', about.provider],
      ['price', about.price],
      ['its metric', metricText(protocol)],
      ['read from', read || 'the logs of its contracts'],
      ['found', discoveries.map(({ as, event }) => `${as} by ${event}`).join(', ') || 'no contracts but those below'],
      ['assets', assetText(protocol)],
      ['labels', labels.length === 0 ? 'none' : `${labels.length}, the newest of ${newest(labels)}`],
    ]),
    block('Not derivable', about.unavailable),
    block('Traps', about.traps),
    block('Programmes', (protocol.programmes ?? []).map(programmeText)),
    block(
      verification(protocol),
      deployments.map(({ chain, role, address, fromBlock, verified, source }) => {
        const start = fromBlock === null ? 'start not known' : `from block ${fromBlock}`
        return `${chain} ${role} ${address} ${start}, ${verified ? 'verified' : 'not verified'}: ${source}`
      }),
    ),
    block(
      'Read on',
      about.references.map((reference) => `${reference.title}: ${reference.url}`),
    ),
  ].join('\n\n')
}

function lines(title: string, rows: readonly (readonly [string, string])[]): string {
  return [title, ...rows.map(([name, text]) => `  ${name.padEnd(12)} ${text}`)].join('\n')
}

function block(title: string, items: readonly string[]): string {
  return [title, ...(items.length === 0 ? ['none declared'] : items).map((item) => `  ${item}`)].join('\n')
}

function metricText({ metric: { statuses, time, unitKind } }: AnyProtocol): string {
  return `counts ${statuses.join(', ')} at ${time}${unitKind === null ? '' : `, in ${unitKind}`}`
}

function verification({ deployments }: AnyProtocol): string {
  const unverified = deployments.filter(({ verified }) => !verified).length
  return `${deployments.length} contracts, ${unverified} not verified`
}

function assetText({ assets }: AnyProtocol): string {
  return assets.map(({ symbol, chain, peg }) => `${symbol} on ${chain}${peg ? ' (taken as 1 USD)' : ''}`).join(', ')
}

function newest(labels: NonNullable<AnyProtocol['labels']>): string {
  const dates = labels.map(({ as_of }) => as_of ?? 'unknown date')
  return dates.sort().at(-1) ?? 'unknown date'
}

function programmeText({
  programme,
  counted,
  rates = [],
  url,
}: NonNullable<AnyProtocol['programmes']>[number]): string {
  const terms = rates.map(
    ({ metric, value, from, to }) =>
      `${metric} ${value ?? 'without limit'} from ${from}${to === null ? '' : ` until ${to}`}`,
  )
  return `${programme}: counts ${counted ?? 'other activity'}; ${[...terms, url].join('; ')}`
}

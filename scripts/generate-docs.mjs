// Writes docs/signals.md and docs/protocols.md from the declarations; with --check it only compares.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { protocols } from '../dist/src/protocols/index.js'
import { signals } from '../dist/src/signals/index.js'

const root = join(import.meta.dirname, '..')
const made = 'Made by `npm run docs` from the declarations; edit those.'
const bullets = (lines) => lines.map((line) => `- ${line}`).join('\n')

const signalPage = (signal) => `## ${signal.id}

${signal.title}. ${signal.why}

| family | subject | status | options | needs |
|---|---|---|---|---|
| ${signal.family} | ${signal.subject} | ${signal.status} | ${
  Object.entries(signal.options)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ') || '–'
} | ${[...new Set(Object.values(signal.requires).flatMap((feature) => feature.reads))].join(', ')} |

**Statistic.** ${signal.statistic.definition}

**Null model.** ${signal.nullModel.exchangeable} Held fixed: ${signal.nullModel.heldFixed}

**Looks alike**

${bullets(signal.falsePositives.map((story) => `*${story.id}*${story.staysOpen ? ', stays open' : ', ruled out'}: ${story.story} ${story.mitigation}`))}

**Cannot see**

${bullets(signal.blindSpots)}

**References**

${bullets(signal.references.map((reference) => `[${reference.title}](${reference.url})`))}
`

const subgraphPart = ({ document, unavailable }) => `
**Not in its subgraph** (\`queries/subgraph/${document}.graphql\`)

${bullets(unavailable)}
`

const rateLine = ({ metric, value, from, to }) =>
  `${metric}: ${value ?? 'without limit'} from ${from}${to === null ? '' : ` until ${to}`}`

const programmeTable = (programmes) => `**Incentive programmes**

| programme | counts | rates | terms |
|---|---|---|---|
${programmes
  .map(({ programme, counted, rates = [], url }) => {
    return `| \`${programme}\` | ${counted ?? 'other activity'} | ${rates.map(rateLine).join('<br>') || '–'} | <${url}> |`
  })
  .join('\n')}

`

const labelLine = (labels) => {
  const kinds = [...new Set(labels.map(({ kind }) => kind))].join(', ')
  const sources = [...new Set(labels.map(({ source, as_of }) => `${source}, of ${as_of}`))].join('; ')
  return labels.length === 0 ? '–' : `${labels.length} (${kinds}), from ${sources}`
}

const protocolPage = ({
  id,
  title,
  version,
  about,
  metric,
  deployments,
  discoveries,
  anchors = [],
  assets,
  labels = [],
  subgraph,
  programmes,
}) => `## ${id}

${title}, adapter version ${version}.

| | |
|---|---|
| a row | ${about.row} |
| consumer | ${about.consumer} |
| provider | ${about.provider} |
| price | ${about.price} |
| its own metric | counts ${metric.statuses.join(', ')}, at ${metric.time} |
| declared assets | ${assets.map((asset) => `${asset.symbol} on ${asset.chain}${asset.peg ? ' (taken as 1 USD)' : ''}`).join(', ')} |
| found by factory events | ${(discoveries ?? []).map((found) => `${found.as} by ${found.event}`).join(', ') || '–'} |
| read from | ${anchors.map(({ role, event }) => `transactions with ${event} of ${role}, whole`).join(', ') || 'the logs of its contracts'} |
| labels | ${labelLine(labels)} |

**Not derivable**

${bullets(about.unavailable)}
${subgraph ? subgraphPart(subgraph) : ''}
**Traps**

${bullets(about.traps)}

**Contracts**

| chain | role | address | from block | verified |
|---|---|---|---|---|
${deployments.map((place) => `| ${place.chain} | ${place.role} | \`${place.address}\` | ${place.fromBlock ?? 'not known'} | ${place.verified ? 'yes' : 'no'}: ${place.source} |`).join('\n')}

${programmes === undefined ? '' : programmeTable(programmes)}**References**

${bullets(about.references.map((reference) => `[${reference.title}](${reference.url})`))}
`

const pages = {
  'docs/signals.md': `# Signals\n\n${made}\n\n${signals.map(signalPage).join('\n')}`,
  'docs/protocols.md': `# Networks\n\n${made}\n\n${protocols.map(protocolPage).join('\n')}`,
}

for (const [path, text] of Object.entries(pages)) {
  const full = join(root, path)
  if (!process.argv.includes('--check')) {
    writeFileSync(full, text)
    continue
  }
  if (existsSync(full) && readFileSync(full, 'utf8') === text) continue
  console.error(`${path} is not what the declarations say.\n\nFix: run \`npm run docs\` and commit it.`)
  process.exitCode = 1
}

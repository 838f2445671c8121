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

const contextLine = ({ labels = [], programmes = [] } = {}) =>
  [
    ...(labels.length === 0
      ? []
      : [`${labels.length} labels (${[...new Set(labels.map(({ kind }) => kind))].join(', ')})`]),
    ...programmes.map(({ programme, counted }) => `programme ${programme}: ${counted}`),
  ].join('; ') || '–'

const protocolPage = ({
  id,
  title,
  version,
  about,
  metric,
  deployments,
  discoveries,
  anchors,
  context,
  assets,
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
| transactions read whole | ${(anchors ?? []).map(({ role, event }) => `those with ${event} of ${role}`).join(', ') || 'none'} |
| known beside the logs | ${contextLine(context)} |

**Not derivable**

${bullets(about.unavailable)}

**Traps**

${bullets(about.traps)}

**Contracts**

| chain | role | address | from block | verified |
|---|---|---|---|---|
${deployments.map((place) => `| ${place.chain} | ${place.role} | \`${place.address}\` | ${place.fromBlock ?? 'not known'} | ${place.verified ? 'yes' : 'no'}: ${place.source} |`).join('\n')}

**References**

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

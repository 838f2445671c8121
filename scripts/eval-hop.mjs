// Clusters the hop-bridge wallets without labels, writes their scores, and compares them with a rule and a supervised
// model on the labels: `npm run eval:hop -- --data DIR --scores scores.csv [--clusters clusters.csv] [--null N] [--stress]
// [--services] [--write docs/evaluation-hop.md]`. DIR holds hop-bridge, or is it. Builds only where dist/ is not current, for
// the compiler takes more memory than all that is measured here.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

const root = join(import.meta.dirname, '..')
if (!isCurrent()) execFileSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { stdio: 'inherit' })
const start = performance.now()
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    scores: { type: 'string' },
    clusters: { type: 'string' },
    null: { type: 'string' },
    stress: { type: 'boolean' },
    services: { type: 'boolean' },
    write: { type: 'string' },
  },
})
const dist = (path) => import(pathToFileURL(join(root, 'dist', 'src', 'workflows', 'hop', path)).href)

const data = values.data ?? process.env.WASHBOARD_DATA
if (data === undefined) {
  console.error('No data.\n\nFix: pass --data with the folder that holds hop-bridge.')
  process.exit(2)
}
const folder = existsSync(join(data, 'hop-bridge')) ? join(data, 'hop-bridge') : data
const { scoreHop, evaluateHop } = await dist('evaluate-hop.js')
const { readHop } = await dist('read-hop.js')
const render = await dist('render-evaluation.js')
const lines = []
const say = (more) => {
  lines.push(...more, '')
  console.log(`${more.join('\n')}\n`)
}

const hop = await readHop(folder)
const linked = scoreHop(hop)
// The scores are written before a label is read.
if (values.scores !== undefined) writeColumn(values.scores, 'score', linked.score)
if (values.clusters !== undefined) writeColumn(values.clusters, 'cluster', linked.entities.membership)
const { readLabels, readServices } = await dist('labels.js')
const labels = await readLabels(folder)
const evaluation = evaluateHop(hop, linked, labels)
const seconds = (performance.now() - start) / 1000
const peak = process.resourceUsage().maxRSS / 1024
say(render.renderEvaluation(evaluation))
say([
  `Both baselines, intervals and reading included: ${seconds.toFixed(1)} s, ${(process.cpuUsage().user / 1e6).toFixed(1)} s of CPU, ${peak.toFixed(0)} MB at most.`,
])
const { nullHop, stressHop, STRESSES } = await dist('stress-hop.js')
if (values.null !== undefined) {
  const worlds = Array.from({ length: Number(values.null) }, (_, k) => nullHop(hop, evaluation.threshold, k + 1))
  say([
    '## Worlds without related wallets',
    '',
    ...render.renderNulls(worlds, hop.addresses.length, evaluation.threshold),
  ])
}
if (values.stress) {
  const results = STRESSES.map((world) => stressHop(hop, labels, world))
  say(['## Attacks and losses', '', ...render.renderStress(results)])
}
if (values.services) {
  const { serviceMerges } = await dist('service-merges.js')
  const merges = serviceMerges(hop, labels, linked, await readServices(folder, hop))
  say(['## Known services', '', ...render.renderServices(merges)])
}
if (values.write !== undefined) {
  const machine = `${cpus().length} cores, ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
  const head = [
    '# Clustering on the hop-bridge wallets, measured',
    '',
    `Made by \`npm run eval:hop -- --data DIR --scores scores.csv --clusters clusters.csv --null 3 --stress --services --write ${values.write}\`.`,
    `Machine: ${machine}; load average ${loadavg()[0].toFixed(1)} at the end, so times are of a machine shared with others where that is above 1.`,
    '',
    'No label enters a score. But the weight of the profile, its columns and its target were chosen after some 180 combinations were read off',
    'these very labels, so the lead below is the better for it, and its interval does not know. Wallets whose labels were',
    'kept back are the test. The labelled wallets are members of components that operators approved: graph methods, the',
    'supervised model more than any, are helped by that.',
    '',
  ]
  writeFileSync(values.write, `${[...head, ...lines].join('\n').trimEnd()}\n`)
}

function writeColumn(file, name, column) {
  const rows = hop.addresses.map((address, i) => `${address},${column[i]}`)
  writeFileSync(file, `address,${name}\n${rows.join('\n')}\n`)
}

/** Whether dist/ was built after the last change of what it is built of; the schema is the last file of a build. */
function isCurrent() {
  const last = join(root, 'dist', 'report.schema.json')
  if (!existsSync(last)) return false
  const built = statSync(last).mtimeMs
  return ['src', 'abis', 'queries'].every((folder) =>
    readdirSync(join(root, folder), { recursive: true }).every(
      (name) => statSync(join(root, folder, name)).mtimeMs <= built,
    ),
  )
}

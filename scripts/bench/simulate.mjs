// Makes markets of a million records, each in a process of its own, from the command to the closed ledger and its truth,
// and prints time and peak memory. With --worlds, lets an adversary adapt to the value-return signal in that many worlds.
// Usage: node scripts/bench/simulate.mjs [--records 1050000] [--runs 3] [--worlds 20 --queries 50] [--write docs/bench-simulation.md]
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const self = import.meta.filename
const dist = (path) => import(join(import.meta.dirname, '..', '..', 'dist', 'src', path))
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    records: { type: 'string', default: '1050000' },
    runs: { type: 'string', default: '3' },
    worlds: { type: 'string', default: '0' },
    queries: { type: 'string', default: '50' },
    write: { type: 'string' },
  },
})
const SCENARIOS = ['market', 'A3', 'A5', 'A8', 'mixed', 'amazon']
const LIMIT_SECONDS = 10

if (positionals[0] === 'work') await work(positionals[1], Number(positionals[2]), positionals[3])
else await main()

/** One simulation, written; prints what it took, the start of the process included. */
async function work(scenario, records, folder) {
  const { recordsOf, simulateScenario } = await dist('simulation/index.js')
  const { writeSimulation } = await dist('workflows/write-simulation.js')
  const recording = simulateScenario({ scenario, seed: 1, records })
  const simulated = performance.now()
  const { ledger } = await writeSimulation(recording, folder)
  const cpu = process.cpuUsage()
  console.log(
    JSON.stringify({
      records: recordsOf(recording),
      simulated,
      total: performance.now(),
      cpu: (cpu.user + cpu.system) / 1000,
      peak: process.resourceUsage().maxRSS / 1024,
      size: statSync(ledger).size / 1e6,
    }),
  )
}

function measure(scenario) {
  const runs = Array.from({ length: Number(values.runs) }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'washboard-simulate-'))
    try {
      const args = [self, 'work', scenario, values.records, join(folder, 'market')]
      return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
  runs.sort((a, b) => a.total - b.total)
  return { ...runs[Math.floor(runs.length / 2)], peak: Math.max(...runs.map(({ peak }) => peak)) }
}

/** What share of planted payments the signal certifies of the plainest tactic, and of the one adapted to it. */
async function adapt(worlds, queries) {
  const { adaptive } = await dist('simulation/index.js')
  const { openLedger } = await dist('ledger/duckdb.js')
  const { audit } = await dist('audit.js')
  const { valueReturn } = await dist('signals/index.js')
  const certified = async ({ facts, truth }) => {
    const ledger = await openLedger(':memory:')
    try {
      await ledger.append({ facts })
      const { report } = await audit(ledger, { signals: [valueReturn], seed: 1 })
      const planted = [...truth.payments.values()].filter(({ level }) => level !== 'none').length
      return report.findings.reduce((sum, { count }) => sum + count, 0) / planted
    } finally {
      ledger.close()
    }
  }
  const found = []
  for (let seed = 1; seed <= worlds; seed++)
    found.push(await adaptive({ seed, services: 4, consumers: 15, days: 40 }, certified, { queries }))
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length
  return {
    first: mean(found.map(({ first }) => first)),
    last: mean(found.map(({ score }) => score)),
    cost: mean(found.map(({ cost }) => cost)),
  }
}

async function main() {
  const lines = []
  const say = (line) => {
    lines.push(line)
    console.log(line)
  }
  const machine = `${cpus().length} cores, ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`
  const load = loadavg()[0]?.toFixed(1)
  say(
    `Machine: ${machine}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}, load ${load} at the start. Median time and peak memory of ${values.runs} run(s), from the start of the process to the closed ledger and its truth. Where the load was above the number of cores, others used them as well, and times are provisional.`,
  )
  say('')
  say('| scenario | records | simulated after | all after | target | CPU | peak memory | ledger |')
  say('|---|---|---|---|---|---|---|---|')
  let failed = false
  for (const scenario of SCENARIOS) {
    const { records, simulated, total, cpu, peak, size } = measure(scenario)
    failed ||= total > LIMIT_SECONDS * 1000 * (records / 1e6)
    const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`
    say(
      `| ${scenario} | ${records} | ${seconds(simulated)} | ${seconds(total)} | < ${LIMIT_SECONDS} s a million | ${seconds(cpu)} | ${peak.toFixed(0)} MB | ${size.toFixed(0)} MB |`,
    )
  }
  if (Number(values.worlds) > 0) {
    const { first, last, cost } = await adapt(Number(values.worlds), Number(values.queries))
    const percent = (share) => `${(100 * share).toFixed(1)} %`
    say('')
    say(
      `A9 against \`value-return\`, ${values.worlds} worlds, ${values.queries} queries each: of its payments ${percent(first)} are certified at first and ${percent(last)} after it has adapted, for ${(100 * cost).toFixed(2)} cents a dollar of usage.`,
    )
  }
  if (values.write)
    writeFileSync(
      values.write,
      `# Simulation, measured\n\nMade by \`npm run bench:simulate -- --worlds ${values.worlds} --write ${values.write}\`.\n\n${lines.join('\n')}\n`,
    )
  process.exitCode = failed ? 1 : 0
}

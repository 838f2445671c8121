// Audits a simulated market of as many usages as transfers, each audit in a process of its own with two threads and the
// memory that the command would give it, from opening the ledger to the evidence on disk, and prints time and memory after
// every stage. Ledgers are kept in the folder for temporary files, by seed and size.
// Usage: node scripts/bench/audit.mjs [--sizes 1m,10m] [--runs 1] [--seed 1] [--memory 1GB]
// [--controls none,full] [--write docs/bench-audit.md]
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { freemem, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { DuckDBInstance } from '@duckdb/node-api'
import { machine, page } from './shared.mjs'

const self = import.meta.filename
const dist = (path) => import(join(import.meta.dirname, '..', '..', 'dist', 'src', path))
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: 'string', default: '1m' },
    runs: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    memory: { type: 'string' },
    controls: { type: 'string', default: 'none,full' },
    write: { type: 'string' },
  },
})
/** Records of a mixed market for each usage: the usage, its payment, and its share of transfers and rewards. */
const RECORDS_A_USAGE = 3.73
/** DESIGN §9, by controls and usages in millions: seconds, and MB of the whole process. */
const TARGETS = new Map([
  ['none 1', '; target < 10 s, < 600 MB'],
  ['none 10', '; target < 100 s, < 4000 MB'],
  ['full 1', '; target < 120 s'],
  ['full 10', '; target < 12 times the time without controls'],
])
/** A large audit is not begun where others would be pushed out. */
const LEAST_FREE = { millions: 10, bytes: 8 * 2 ** 30 }

if (positionals[0] === 'make') await make(positionals[1], Number(positionals[2]))
else if (positionals[0] === 'work') await work(...positionals.slice(1))
else await main()

/** A market with so many usages; of the transfers that settle them only as many are kept as make the transfers as many. */
async function make(folder, usages) {
  const { simulateScenario } = await dist('simulation/index.js')
  const { writeSimulation } = await dist('workflows/write-simulation.js')
  const records = Math.round(usages * RECORDS_A_USAGE)
  await writeSimulation(simulateScenario({ scenario: 'mixed', seed: Number(values.seed), records }), folder)
  const instance = await DuckDBInstance.create(join(folder, 'ledger.duckdb'), { memory_limit: '2GB' })
  const connection = await instance.connect()
  await connection.run(
    `delete from transfers where tx_hash in (
       select tx_hash from (
         select distinct t.tx_hash, dense_rank() over (order by t.tx_hash) as place
         from transfers as t join payments as p on p.chain = t.chain and p.tx_hash = t.tx_hash
       ) where place > ${usages} - (
         select count(*) from transfers as t
         where not exists (select 1 from payments as p where p.chain = t.chain and p.tx_hash = t.tx_hash)
       )
     )`,
  )
  await connection.run('checkpoint')
  connection.closeSync()
  instance.closeSync()
}

/** One audit; prints each stage with milliseconds and the memory of the process after it. */
async function work(path, target, memory, controls) {
  const { openLedger } = await dist('ledger/duckdb.js')
  const { audit } = await dist('audit.js')
  const { writeBundle } = await dist('workflows/write-bundle.js')
  const stages = []
  let before = 0
  const onStage = (name) => {
    const now = performance.now()
    stages.push({ name, milliseconds: now - before, megabytes: process.memoryUsage.rss() / 2 ** 20 })
    before = now
  }
  const ledger = await openLedger(path, { readOnly: true, memory, threads: 2 })
  onStage('start and open')
  const audited = await audit(ledger, { seed: 1, controls, onStage })
  await writeBundle(ledger, audited, join(target, 'report.json'))
  onStage('write')
  ledger.close()
  const { user, system } = process.cpuUsage()
  console.log(
    JSON.stringify({
      stages,
      milliseconds: performance.now(),
      cpu: (user + system) / 1000,
      peak: process.resourceUsage().maxRSS / 1024,
      hash: audited.report.ledgerHash,
    }),
  )
}

/** The ledger of a size, made once. */
function ledgerOf(millions) {
  const folder = join(tmpdir(), 'washboard-bench-audit', `seed-${values.seed}-${millions}m`)
  if (!existsSync(folder)) {
    const draft = `${folder}.draft`
    rmSync(draft, { recursive: true, force: true })
    const heap = `--max-old-space-size=${4000 + 1000 * millions}`
    execFileSync(process.execPath, [heap, self, 'make', draft, String(millions * 1e6), '--seed', values.seed])
    renameSync(draft, folder)
  }
  return join(folder, 'ledger.duckdb')
}

async function countsOf(path) {
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  const tables = ['usage_events', 'payments', 'transfers', 'rewards']
  const reader = await connection.runAndReadAll(tables.map((t) => `select count(*) from ${t}`).join(' union all '))
  connection.closeSync()
  instance.closeSync()
  return tables.map((table, i) => `${reader.getRows()[i][0]} ${table}`).join(', ')
}

function measure(path, memory, controls) {
  const runs = Array.from({ length: Number(values.runs) }, () => {
    const target = mkdtempSync(join(tmpdir(), 'washboard-audit-'))
    try {
      return JSON.parse(
        execFileSync(process.execPath, [self, 'work', path, target, memory, controls], { encoding: 'utf8' }),
      )
    } finally {
      rmSync(target, { recursive: true, force: true })
    }
  })
  runs.sort((a, b) => a.milliseconds - b.milliseconds)
  return { ...runs[Math.floor(runs.length / 2)], peak: Math.max(...runs.map(({ peak }) => peak)) }
}

async function main() {
  const { say, write } = page()
  const { auditMemory } = await dist('ledger/audit-memory.js')
  const load = loadavg()[0].toFixed(1)
  say(machine())
  say(
    `\nLoad ${load} at the start. Where it is above the number of cores, others use them as well: times are then provisional and CPU seconds say more. ${values.runs} run(s); time is the median, from the start of the process to the evidence on disk; memory is the peak of the whole process.`,
  )
  for (const size of values.sizes.split(',')) {
    const millions = Number.parseFloat(size)
    const path = ledgerOf(millions)
    if (millions >= LEAST_FREE.millions && freemem() < LEAST_FREE.bytes) {
      say(`\n## ${size}\n\nNot run: too little memory is free.`)
      continue
    }
    const memory = values.memory ?? (await auditMemory(path))
    const fileSize = Math.round(statSync(path).size / 2 ** 20)
    say(`\n## ${size} usages and ${size} transfers\n`)
    say(`${await countsOf(path)}; ${fileSize} MB; DuckDB may use ${memory}.`)
    for (const controls of values.controls.split(',')) sayRun(say, measure(path, memory, controls), controls, millions)
  }
  if (values.write !== undefined) write(values.write, 'Audit, measured', 'bench:audit')
}

function sayRun(say, { stages, milliseconds, cpu, peak, hash }, controls, millions) {
  const took = `${(milliseconds / 1000).toFixed(1)} s, ${(cpu / 1000).toFixed(1)} CPU seconds, ${Math.round(peak)} MB`
  say(`\n### Controls: ${controls}\n`)
  say(`**${took}**${TARGETS.get(`${controls} ${millions}`) ?? ''}. Ledger ${hash.slice(0, 16)}.\n`)
  say('| stage | ms | memory after it, MB |\n|---|---|---|')
  for (const { name, milliseconds, megabytes } of stages)
    say(`| ${name} | ${Math.round(milliseconds)} | ${Math.round(megabytes)} |`)
}

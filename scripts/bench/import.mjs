// Imports usage files into a ledger beside DuckDB's own read of the same files into a table, each in a process of its
// own, in one run, and prints ratios and peak memory.
// Usage: node scripts/bench/import.mjs [--rows 5000000] [--runs 3] [--write docs/bench-import.md]
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { DuckDBInstance } from '@duckdb/node-api'
import { machine, page } from './shared.mjs'

const self = import.meta.filename
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: 'string', default: '5000000' },
    write: { type: 'string' },
    runs: { type: 'string', default: '3' },
  },
})

if (positionals[0] === 'work') await work(positionals[1], positionals[2], positionals[3])
else await main(Number(values.rows))

/** One measured import or read; prints milliseconds and the peak of the process's memory in MB. */
async function work(kind, format, folder) {
  const file = join(folder, `usage-${positionals[4]}.${format}`)
  const target = join(folder, 'target.duckdb')
  for (const path of [target, `${target}.wal`]) rmSync(path, { force: true })
  const start = performance.now()
  if (kind === 'duckdb') {
    const instance = await DuckDBInstance.create(target)
    const connection = await instance.connect()
    const read = format === 'csv' ? `read_csv('${file}')` : `read_parquet('${file}')`
    await connection.run(`create table usage as select * from ${read}`)
    connection.closeSync()
    instance.closeSync()
  } else {
    const main = join(import.meta.dirname, '..', '..', 'dist', 'src', 'index.js')
    const { importFiles, openLedger } = await import(main)
    const ledger = await openLedger(target, { memory: '512MB' })
    const [imported] = await importFiles({
      ledger,
      files: [file],
      table: 'usage',
      protocol: 'bench',
      dialect: { chain: 'eip155:8453' },
    })
    ledger.close()
    if (imported.merged.usage_events.added !== Number(positionals[4])) throw new Error('rows are missing')
  }
  const milliseconds = performance.now() - start
  console.log(
    JSON.stringify({ milliseconds, peak: process.resourceUsage().maxRSS / 1024, size: statSync(target).size / 1e6 }),
  )
}

function measure(kind, format, folder, rows) {
  const runs = Number(values.runs)
  const results = Array.from({ length: runs }, () =>
    JSON.parse(
      execFileSync(process.execPath, [self, 'work', kind, format, folder, String(rows)], { encoding: 'utf8' }),
    ),
  )
  results.sort((a, b) => a.milliseconds - b.milliseconds)
  return {
    milliseconds: results[Math.floor(runs / 2)].milliseconds,
    peak: Math.max(...results.map((r) => r.peak)),
    size: results[0].size,
  }
}

/** Usage as an AI gateway would export it: wallets with a heavy tail, a request id, a model, tokens, a price in USDC. */
async function makeFiles(folder, rows) {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const wallet = (seed, n) =>
    `'0x' || substr(md5('${seed}' || (${n})), 1, 32) || substr(md5('${seed}b' || (${n})), 1, 8)`
  await connection.run(`copy (
    select 1700000000 + i * 3 as "timestamp", ${wallet('consumer', 'i * 7919 % 20011')} as consumer,
      ${wallet('provider', 'i * 31 % 211')} as provider, md5('request' || i) as usage_id, 'model-' || (i % 17) as service,
      (1000 + i * 104729 % 9999999)::bigint as amount, '0x833589fcd6edb6e08f4c7c32d4f71b54bda02913' as asset,
      (i * 31 % 5000)::bigint as units, 'tokens' as unit_kind, 20000000 + i // 10 as block_number
    from range(${rows}) as t(i)) to '${join(folder, `usage-${rows}.csv`)}' (header)`)
  await connection.run(`copy (select * from read_csv('${join(folder, `usage-${rows}.csv`)}'))
    to '${join(folder, `usage-${rows}.parquet`)}' (format parquet)`)
  connection.closeSync()
  instance.closeSync()
}

async function main(rows) {
  const folder = mkdtempSync(join(tmpdir(), 'washboard-bench-'))
  const small = rows / 5
  const { say, write } = page()
  try {
    for (const n of [small, rows]) await makeFiles(folder, n)
    say(`${machine()} Median and peak of ${values.runs} run(s).`)
    say('')
    say(
      `| ${rows} rows of usage | DuckDB's own read | washboard import | ratio | target | peak at ${small} rows | peak at ${rows} rows | ratio | target |`,
    )
    say('|---|---|---|---|---|---|---|---|---|')
    let failed = false
    for (const [format, limit] of [
      ['csv', 3],
      ['parquet', 4],
    ]) {
      const peer = measure('duckdb', format, folder, rows)
      const ours = measure('washboard', format, folder, rows)
      const less = measure('washboard', format, folder, small)
      const [time, memory] = [ours.milliseconds / peer.milliseconds, ours.peak / less.peak]
      failed ||= time > limit || memory > 1.2
      const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`
      say(
        `| ${format} | ${seconds(peer.milliseconds)} | ${seconds(ours.milliseconds)} | ${time.toFixed(2)} | ≤ ${limit} | ${less.peak.toFixed(0)} MB | ${ours.peak.toFixed(0)} MB | ${memory.toFixed(2)} | ≤ 1.2 |`,
      )
    }
    if (values.write) write(values.write, 'Import, measured', 'bench:import')
    process.exitCode = failed ? 1 : 0
  } finally {
    if (existsSync(folder)) rmSync(folder, { recursive: true, force: true })
  }
}

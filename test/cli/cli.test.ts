import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildProgram } from '../../src/cli/program.ts'
import { washboard } from '../support/cli.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'washboard-cli-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const run = (...args: string[]) => washboard(args, { cwd: folder })
const address = (n: number) => `0x${n.toString(16).padStart(40, 'a')}`

async function ledgerWithUsage(name: string, rows = 10): Promise<string> {
  const lines = Array.from(
    { length: rows },
    (_, n) => `${1_700_000_000 + n},${address(n % 4)},${address(n === 0 ? 0 : 9)},5,native`,
  )
  await writeFile(join(folder, `${name}.csv`), `timestamp,consumer,provider,amount,asset\n${lines.join('\n')}\n`)
  const ran = await run(
    'import',
    `${name}.csv`,
    '--ledger',
    `${name}.duckdb`,
    '--table',
    'usage',
    '--chain',
    'eip155:1',
    '--protocol',
    'shop',
  )
  expect(ran.code).toBe(0)
  return `${name}.duckdb`
}

describe('washboard demo', () => {
  it('audits the sample that ships, offline, and its report fits the shipped schema', async () => {
    const ran = await run('demo')
    expect(ran.code).toBe(0)
    expect(ran.stderr).toBe('')
    for (const part of [/Coverage/, /value/, /count/, /units/, /users/, /L0/]) expect(ran.stdout).toMatch(part)
    const schema = JSON.parse(await readFile(join(root, 'dist/report.schema.json'), 'utf8'))
    const report = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'))
    const validate = new Ajv2020({ strict: false, formats: { 'date-time': true } }).compile(schema)
    expect(validate(report) ? [] : validate.errors).toEqual([])
    expect(report.published.count.L0.status).toBe('measured')
    expect(await readFile(join(folder, 'report.html'), 'utf8')).toMatch(/^<!doctype html>/i)
  })

  it('gives the same report each time, and a manifest of its files', async () => {
    const before = await readFile(join(folder, 'report.json'), 'utf8')
    await run('demo', '--quiet')
    expect(await readFile(join(folder, 'report.json'), 'utf8')).toBe(before)
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))
    expect(manifest.files.map((file: { name: string }) => file.name)).toEqual([
      'report.json',
      'evidence/payments.parquet',
      'evidence/transfers.parquet',
      'evidence/returns.parquet',
      'evidence/matches.parquet',
      'evidence/clusters.parquet',
      'evidence/entities.parquet',
      'evidence/signal-values.parquet',
    ])
  })
})

describe('washboard report and export', () => {
  it.each(['html', 'md', 'csv', 'json', 'terminal'])('renders %s', async (format) => {
    const ran = await run('report', 'report.json', '--format', format, '--output', '-')
    expect(ran.code).toBe(0)
    expect(ran.stdout.length).toBeGreaterThan(500)
    expect(ran.stderr).toBe('')
  })

  it.each(['findings', 'payments', 'wallets', 'clusters', 'values'])('exports %s as data on stdout', async (table) => {
    const csv = await run('export', table, '--report', 'report.json')
    expect(csv.code).toBe(0)
    expect(csv.stdout).toMatch(/^\w+(,\w+)+\r?\n/)
    const lines = await run('export', table, '--report', 'report.json', '--format', 'ndjson')
    expect(lines.code).toBe(0)
    for (const line of lines.stdout.trim().split('\n')) if (line !== '') expect(() => JSON.parse(line)).not.toThrow()
  })

  it('refuses what is no report', async () => {
    await writeFile(join(folder, 'other.json'), '{"schemaVersion": 99}')
    const ran = await run('report', 'other.json')
    expect(ran.code).toBe(2)
    expect(ran.stderr).toMatch(/is not a report of this version[\s\S]*Fix:/)
  })
})

describe('washboard import and audit', () => {
  it('says how many rows were read, added and rejected, and fails past --max-rejects', async () => {
    await writeFile(
      join(folder, 'some.csv'),
      `timestamp,consumer,provider\n1700000000,${address(1)},${address(2)}\nnever,${address(1)},${address(2)}\n`,
    )
    const args = [
      'import',
      'some.csv',
      '--ledger',
      'some.duckdb',
      '--table',
      'usage',
      '--chain',
      '1',
      '--protocol',
      'shop',
    ]
    const ran = await run(...args)
    expect([ran.code, ran.stdout]).toEqual([0, ''])
    expect(ran.stderr).toBe('some.csv: 2 rows read, 1 added, 1 rejected (kept in the ledger with line and reason)\n')
    expect((await run(...args, '--max-rejects', '0')).code).toBe(1)
    await run('audit', '--ledger', 'some.duckdb', '--output', 'some/report.json', '--quiet', '--controls', 'none')
    expect(JSON.parse(await readFile(join(folder, 'some/report.json'), 'utf8')).rejects).toMatchObject({ total: 1 })
  })

  it('hashes the same facts the same, and audits them to the same bytes', async () => {
    const [one, two] = [await ledgerWithUsage('one'), await ledgerWithUsage('two')]
    const hashes = await Promise.all([run('hash', '--ledger', one), run('hash', '--ledger', two)])
    expect(hashes[0]?.stdout).toMatch(/^[0-9a-f]{64}\n$/)
    expect(hashes[1]?.stdout).toBe(hashes[0]?.stdout)
    await run('audit', '--ledger', one, '--output', 'one/report.json', '--quiet', '--controls', 'none')
    await run('audit', '--ledger', two, '--output', 'two/report.json', '--quiet', '--controls', 'none')
    expect(await readFile(join(folder, 'two/report.json'), 'utf8')).toBe(
      await readFile(join(folder, 'one/report.json'), 'utf8'),
    )
  })

  it('measures what it can without transfers, and says why not the rest', async () => {
    const ledger = await ledgerWithUsage('alone')
    const ran = await run('audit', '--ledger', ledger, '--output', 'alone/report.json', '--json', '--controls', 'none')
    const report = JSON.parse(ran.stdout)
    expect(report.published.count.L0).toMatchObject({
      status: 'unavailable',
      reason: expect.stringMatching(/transfers were not collected/),
    })
    expect(report.ladder[0].count).toMatchObject({ status: 'measured', amount: '1', share: 0.1 })
    const status = new Map<string, string>(
      report.signals.map((signal: { id: string; result: { status: string } }) => [signal.id, signal.result.status]),
    )
    expect(status.get('self-payment')).toBe('measured')
    for (const signal of ['value-return', 'funder-link']) expect(status.get(signal)).toBe('unavailable')
    expect(report.published.count.U1.status).toBe('unavailable')
  })

  it('carries statements against wallets, and refuses files and extents that it cannot read', async () => {
    const args = ['audit', '--ledger', await ledgerWithUsage('contested'), '--output', 'contested/report.json']
    await writeFile(
      join(folder, 'contest.json'),
      JSON.stringify([{ wallet: address(1), statement: 'This is ours.', expires: '2099-01-01' }]),
    )
    const ran = await run(...args, '--contest', 'contest.json', '--controls', 'none', '--json')
    expect(ran.code).toBe(0)
    const report = JSON.parse(ran.stdout)
    expect(report.contested).toMatchObject([{ kind: 'wallet', id: address(1), expired: false }])
    expect(report.config.controls).toBe('none')
    const later = await run(...args, '--contest', 'contest.json', '--as-of', '2100-01-01', '--json')
    expect(JSON.parse(later.stdout).contested).toMatchObject([{ expired: true }])
    await writeFile(join(folder, 'bad.json'), '[{"wallet": "0x1"}]')
    const bad = await run(...args, '--contest', 'bad.json')
    expect(bad.code).toBe(2)
    expect(bad.stderr).toMatch(
      /^The contest file bad\.json is not a list of contested[\s\S]*entry 1, statement[\s\S]*Fix: /,
    )
    const extent = await run(...args, '--controls', 'some')
    expect([extent.code, extent.stderr]).toEqual([2, expect.stringContaining('Fix: Use one of full, none.')])
  })

  it('turns --fail-on into exit codes', async () => {
    const args = [
      'audit',
      '--ledger',
      await ledgerWithUsage('limit'),
      '--output',
      'limit/report.json',
      '--quiet',
      '--fail-on',
    ]
    expect((await run(...args, 'rejects.total>0')).code).toBe(0)
    expect((await run(...args, 'reported.count>=10')).code).toBe(1)
    expect((await run(...args, 'count.L0.low>0.2')).code).toBe(4)
    expect((await run(...args, 'count.L9.low>0.2')).code).toBe(2)
  })

  it('prices what a price file names, from a window of time', async () => {
    const ledger = await ledgerWithUsage('priced')
    await writeFile(
      join(folder, 'prices.csv'),
      'chain,asset,usd,source,decimals,symbol\neip155:1,native,2000.5,a test,0,ETH\n',
    )
    const ran = await run(
      'audit',
      '--ledger',
      ledger,
      '--output',
      'priced/report.json',
      '--prices',
      'prices.csv',
      '--json',
      '--from',
      '2023-11-14T22:13:22Z',
    )
    expect(JSON.parse(ran.stdout).reported).toMatchObject({
      count: 8,
      value: { status: 'measured', basis: 'usd', total: '80020' },
    })
  })
})

describe('washboard simulate', () => {
  it('writes a ledger and its truth, the same for the same seed, and over nothing', async () => {
    const args = ['simulate', '--scenario', 'A1', '--records', '10000', '--share', '0.05', '--json', '--seed']
    const [one, same, other] = await Promise.all([
      run(...args, '7', '--output', 'sim-7'),
      run(...args, '7', '--output', 'sim-7-again'),
      run(...args, '8', '--output', 'sim-8'),
    ])
    expect([one.code, same.code, other.code]).toEqual([0, 0, 0])
    expect(JSON.parse(one.stdout)).toMatchObject({ scenario: 'A1', seed: 7, ledger: join('sim-7', 'ledger.duckdb') })
    const hashes = await Promise.all(
      ['sim-7', 'sim-7-again', 'sim-8'].map((name) => run('hash', '--ledger', join(name, 'ledger.duckdb'))),
    )
    expect(hashes[0]?.stdout).toMatch(/^[0-9a-f]{64}\n$/)
    expect(hashes[1]?.stdout).toBe(hashes[0]?.stdout)
    expect(hashes[2]?.stdout).not.toBe(hashes[0]?.stdout)
    const truths = await Promise.all(
      ['sim-7', 'sim-7-again', 'sim-8'].map((name) => readFile(join(folder, name, 'truth.parquet'))),
    )
    expect(truths[1]?.equals(truths[0] as Buffer)).toBe(true)
    expect(truths[2]?.equals(truths[0] as Buffer)).toBe(false)
    const again = await run(...args, '7', '--output', 'sim-7')
    expect([again.code, again.stdout]).toEqual([2, ''])
    expect(again.stderr).toMatch(/is there already[\s\S]*Fix:/)
    const audited = await run(
      'audit',
      '--ledger',
      join('sim-7', 'ledger.duckdb'),
      '--output',
      'sim/report.json',
      '--quiet',
    )
    expect(audited.code).toBe(0)
  })
})

describe('errors of the command line', () => {
  it.each([
    [['audit', '--ledger', 'none.duckdb'], 2, /There is no ledger[\s\S]*Fix:/],
    [['collect', 'olas-mech'], 2, /No node is named[\s\S]*Fix: Add --rpc/],
    [['collect', 'nothing-known', '--rpc', '1=http://127.0.0.1:9'], 2, /no network named nothing-known[\s\S]*Fix:/],
    [
      [
        'collect',
        'olas-mech',
        '--rpc',
        '100=http://user:secret@127.0.0.1:9/abcdefghijklmnopqrstuvwx',
        '--from',
        '1',
        '--to',
        '2',
      ],
      3,
      /Fix:/,
    ],
    [['import', 'none.csv', '--table', 'usage'], 2, /cannot be read[\s\S]*Fix:/],
    [['audit', '--from', 'yesterday'], 2, /Fix: write a day/],
    [['simulate', '--scenario', 'A11'], 2, /There is no scenario A11[\s\S]*Fix:/],
    [['simulate', '--scenario', 'A1', '--share', '20'], 2, /Fix: give a share/],
    [['simulate', '--share', '0.2'], 2, /has no adversary[\s\S]*Fix:/],
    [['simulate', '--records', '10'], 2, /too few[\s\S]*Fix:/],
    [['nonsense'], 2, /unknown command/],
    [['audit', '--colour'], 2, /unknown option/],
  ])('%j', async (args, code, message) => {
    const ran = await run(...args)
    expect(ran.stderr).toMatch(message)
    expect([ran.code, ran.stdout]).toEqual([code, ''])
    expect(ran.stderr).not.toMatch(/secret|abcdefghijklmnop|\n\s+at /)
  })

  it('keeps quiet when the reader closes the pipe', async () => {
    const main = join(root, 'dist/src/cli/main.js')
    const child = spawn('bash', [
      '-c',
      `"${process.execPath}" "${main}" signals --json | head -c 10; exit \${PIPESTATUS[0]}`,
    ])
    let stderr = ''
    child.stderr.on('data', (chunk) => {
      stderr += chunk
    })
    const code = await new Promise((resolve) => child.once('close', resolve))
    expect([code, stderr]).toEqual([0, ''])
  })
})

describe('help', () => {
  it('has an example for every command', async () => {
    const { commands } = await buildProgram()
    expect(commands.map((command) => command.name())).toEqual([
      'collect',
      'import',
      'audit',
      'report',
      'run',
      'export',
      'explain',
      'hash',
      'protocols',
      'signals',
      'init',
      'incentives',
      'reconcile',
      'doctor',
      'simulate',
      'eval',
      'demo',
    ])
    for (const command of commands) {
      let help = ''
      command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp()
      expect(help).toMatch(/Example:\n {2}\$ washboard /)
    }
  })

  it('lists the commands', async () => {
    expect((await run('--help')).stdout).toMatch(/^ {2}collect .*\n(.|\n)*^ {2}demo /m)
  })
})

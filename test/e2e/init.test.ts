import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLedger, type Report, reportSchema } from '../../src/index.ts'
import { type Anvil, artifacts, type Contract, startAnvil } from '../support/anvil.ts'
import { washboard } from '../support/cli.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const wallet = (n: number) => `0x${n.toString(16).padStart(40, 'c')}`
/** Of EIP-55, with its checksum. */
const CHECKED = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
const SELF = wallet(100)
const [SELLER, OTHER] = [wallet(50), wallet(51)]

let anvil: Anvil
let token: Contract
let desk: Contract
let folder: string

/** Nine buyers of two sellers, a seller that buys of itself twice, and a price that comes back to its buyer. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'washboard-init-'))
  anvil = await startAnvil()
  token = await anvil.deploy('Erc20')
  desk = await anvil.deploy('JobDesk', [token.address])
  const buyers = Array.from({ length: 9 }, (_, n) => wallet(n + 1))
  for (const one of [...buyers, SELF]) await anvil.send(token, 'mint', [one, 1_000_000n])
  await anvil.send(desk, 'pay', [buyers, buyers.map((_, n) => (n % 2 === 0 ? SELLER : OTHER)), Array(9).fill(1000n), 7])
  await anvil.client.mine({ blocks: 5, interval: 60 })
  await anvil.send(desk, 'pay', [[SELF, SELF], [SELF, SELF], [400n, 600n], 3])
  await anvil.client.mine({ blocks: 5, interval: 60 })
  await anvil.send(token, 'moveMany', [[SELLER], [wallet(1)], [1000n]])
  await anvil.client.mine({ blocks: 5, interval: 60 })
  await writeFile(join(folder, 'Desk.json'), JSON.stringify({ contractName: 'JobDesk', ...artifacts.JobDesk }))
}, 120_000)
afterAll(async () => {
  await anvil?.stop()
  await rm(folder, { recursive: true, force: true })
})

const run = (...args: string[]) => washboard(args, { cwd: folder })
const init = (id: string, ...args: string[]) =>
  run(
    ...['init', id, '--abi', 'Desk.json', '--address', desk.address, '--chain', '31337', '--from-block', '0'],
    ...['--asset', token.address, '--symbol', 'DUSD', '--decimals', '6', '--peg', 'USD'],
    ...['--units', 'tokens', '--unit-kind', 'tokens', '--service', 'model', ...args],
  )
const rpc = () => ['--rpc', `31337=${anvil.url}`]

describe('a network that init wrote from an ABI', () => {
  let report: Report
  beforeAll(async () => {
    const written = await init('job-desk', '--subgraph')
    expect([written.code, written.stdout]).toEqual([0, ''])
    const ran = await run('run', './job-desk.ts', ...rpc())
    expect([ran.code, ran.stderr]).toEqual([0, expect.stringContaining('job-desk on eip155:31337')])
    report = reportSchema.parse(JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')))
  })

  it('is audited from a real chain: every job is a row with its parties, price, units and service', async () => {
    const ledger = await openLedger(join(folder, 'washboard.duckdb'), { readOnly: true })
    await ledger.materialize('usage')
    const usages = await ledger.rows('usage-rows')
    ledger.close()
    expect(usages).toHaveLength(11)
    expect(usages.filter((usage) => usage.consumer === SELF)).toMatchObject([
      { provider: SELF, service: 'small', status: 'settled', asset: token.address },
      { provider: SELF, service: 'small', status: 'settled', asset: token.address },
    ])
    expect(report.reported.count).toBe(11)
    expect(report.reported.byAsset).toMatchObject([{ symbol: 'DUSD', amount: '10000' }])
    expect(report.reported).toMatchObject({ units: { status: 'measured', kind: 'tokens', total: '69' } })
  })

  it('shows the self-payments and the price that came back', () => {
    const found = report.findings.map(({ signal, subjects, count }) => ({ signal, subjects, count }))
    expect(found).toEqual(
      expect.arrayContaining([
        { signal: 'self-payment', subjects: [SELF], count: 2 },
        { signal: 'value-return', subjects: [wallet(1), SELLER], count: 1 },
      ]),
    )
    expect(found).toHaveLength(2)
    expect(report.published.value.L0).toMatchObject({ status: 'measured', mid: 0.2 })
  })

  it('gives the same rows as JavaScript, on the deployments that were written beside it', async () => {
    expect((await init('job-desk', '--format', 'mjs', '--output', 'plain')).code).toBe(0)
    const at = ['--ledger', 'plain.duckdb', '--deployments', 'plain/job-desk.deployments.json']
    expect((await run('collect', 'plain/job-desk.mjs', ...rpc(), ...at)).code).toBe(0)
    const hashes = [await run('hash'), await run('hash', '--ledger', 'plain.duckdb')]
    expect(hashes[1]?.stdout).toMatch(/^[0-9a-f]{64}\n$/)
    expect(hashes[1]?.stdout).toBe(hashes[0]?.stdout)
  })

  it('is laid out as the formatter leaves it, in under 80 lines, and compiles against the published types', async () => {
    await mkdir(join(folder, 'node_modules'))
    await symlink(root, join(folder, 'node_modules', 'washboard'))
    const strict = { strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, noEmit: true }
    const options = { ...strict, module: 'NodeNext', target: 'ES2023', lib: ['ES2023', 'DOM'], types: [] }
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['*.ts'] }))
    await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
    await init('no-subgraph', '--quiet')
    for (const id of ['job-desk', 'no-subgraph']) {
      const text = await readFile(join(folder, `${id}.ts`), 'utf8')
      expect(text.split('\n').length).toBeLessThan(80)
      expect(formatted(text)).toBe(text)
    }
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
    execFileSync(process.execPath, [tsc, '-p', folder], { cwd: folder, encoding: 'utf8' })
  })
})

describe('washboard init', () => {
  it('writes over nothing unless it is told to, and then only what it was asked for', async () => {
    const path = join(folder, 'kept.ts')
    await writeFile(path, 'mine')
    const refused = await init('kept')
    expect(refused.code).toBe(2)
    expect(refused.stderr).toBe(
      'Files of this name are there already, and nothing was written.\n\nkept.ts\n\nFix: Pass --force to write over them, or --output with another folder.\n',
    )
    await expect(readFile(join(folder, 'kept.deployments.json'))).rejects.toThrow(/ENOENT/)
    expect(await readFile(path, 'utf8')).toBe('mine')
    const forced = await init('kept', '--force', '--json')
    const files = ['kept.ts', 'kept.deployments.json']
    expect(JSON.parse(forced.stdout)).toMatchObject({ id: 'kept', files, consumer: 'buyer', provider: 'seller' })
    expect(await readFile(path, 'utf8')).toMatch(/defineProtocol/)
  })

  it.each([
    [['--event', 'Paid'], /^The ABI has no event Paid\.\n\nevent FeeChanged.*\nevent JobPaid.*\n\nFix: Pass --event/],
    [['--amount', 'model'], /amount: model is of type string, not an unsigned integer\n\nFix: /],
    [['--consumer', 'nobody'], /consumer: it has no argument nobody\n\nFix: /],
  ])('says what does not fit with %s', async (args, said) => {
    const ran = await init('other', ...args)
    expect(ran.code).toBe(2)
    expect(ran.stderr).toMatch(said)
  })

  it.each([
    [['--address', CHECKED.replace('A', 'a'), '--chain', '1'], /Fix: give an address/],
    [
      ['--address', CHECKED, '--chain', '1', '--unit-kind', 'tokens'],
      /no argument that holds them[\s\S]*Fix: Add --units/,
    ],
    [['--address', CHECKED, '--chain', '1', '--peg', 'USD'], /not the token they are of[\s\S]*Fix: Add --asset/],
    [['--address', CHECKED, '--chain', '1', '--abi', 'none.json'], /cannot be read[\s\S]*Fix: /],
  ])('refuses %j', async (args, said) => {
    const ran = await run('init', 'refused', '--abi', 'Desk.json', ...args)
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringMatching(said)])
  })

  it('declares the currency of the chain where that is what is paid in', async () => {
    const args = ['--address', CHECKED, '--chain', '100', '--asset', 'native', '--json']
    const ran = await run('init', 'native', '--abi', 'Desk.json', ...args)
    expect(JSON.parse(ran.stdout)).toMatchObject({ asset: 'native', units: null })
    expect(ran.stderr).toMatch(/--from <block\|day> --native\n$/)
    const { assets } = JSON.parse(await readFile(join(folder, 'native.deployments.json'), 'utf8'))
    expect(assets).toEqual([{ chain: 'eip155:100', asset: 'native', symbol: 'XDAI', decimals: 18 }])
  })

  it.each([
    ['olas-mech', /already a network named olas-mech/],
    ['../up', /cannot be the id of a network/],
  ])('refuses the name %s', async (id, said) => {
    const ran = await init(id)
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringMatching(said)])
  })
})

function formatted(text: string): string {
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
  const args = [biome, 'format', '--stdin-file-path', join(root, 'examples', 'written.ts')]
  return execFileSync(process.execPath, args, { cwd: root, input: text, encoding: 'utf8' })
}

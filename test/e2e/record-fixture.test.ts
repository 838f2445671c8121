import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ocean } from '../../src/protocols/ocean.ts'
import { olasMech } from '../../src/protocols/olas-mech.ts'
import { type Fixture, replayFixture } from '../../src/workflows/fixture.ts'
import { type Contract, startAnvil } from '../support/anvil.ts'
import { type Ran, washboard } from '../support/cli.ts'
import { deliver, multisig, type OlasChain, request, startOlasChain, wallet } from '../support/olas-chain.ts'

const script = fileURLToPath(new URL('../../scripts/record-fixture.mjs', import.meta.url))
let chain: OlasChain
let folder: string
let hash: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'washboard-record-'))
  chain = await startOlasChain()
  await request(chain, chain.first, [901, 902])
  await deliver(chain, chain.first, [901, 902], 10n)
  hash = (await chain.anvil.transactions()).at(-1)!.hash
  const mech = { chain: chain.anvil.chain, role: 'mech', address: chain.first.address, fromBlock: 0 }
  const declared = chain.protocol.deployments.map(({ verified: _, source: __, ...deployment }) => deployment)
  await writeFile(join(folder, 'contracts.json'), JSON.stringify([...declared, mech]))
}, 120_000)
afterAll(async () => {
  await chain?.anvil.stop()
  await rm(folder, { recursive: true, force: true })
})

/** Runs the script as `npm run record-fixture` does, once the package is built. */
function record(...args: string[]): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { cwd: folder })
    const said = { stdout: '', stderr: '' }
    child.stdout.on('data', (part) => (said.stdout += part))
    child.stderr.on('data', (part) => (said.stderr += part))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, ...said }))
  })
}

const olas = (...args: string[]) =>
  record(
    ...['--tx', hash, '--rpc', chain.anvil.url, '--protocol', 'olas-mech', '--contracts', 'contracts.json'],
    ...['--output', 'fixtures', ...args],
  )
const path = () => join(folder, 'fixtures', `olas-mech-${hash.slice(2, 10)}.json`)
const read = async (file: string): Promise<Fixture> => JSON.parse(await readFile(file, 'utf8'))

describe('a fixture recorded from a node', () => {
  it('holds the whole transaction, where it comes from, and the rows it gives, amounts as text', async () => {
    const ran = await olas()
    expect([ran.code, ran.stderr]).toEqual([0, ''])
    expect(ran.stdout).toMatch(/olas-mech-[0-9a-f]{8}\.json: 2 usage_events, 2 payments/)
    const fixture = await read(path())
    const raw = (await chain.anvil.transactions()).find((one) => one.hash === hash)!
    expect(fixture.transaction).toEqual(raw)
    const { hash: block } = await chain.anvil.client.getBlock({ blockNumber: BigInt(raw.blockNumber) })
    expect(fixture.recorded).toEqual({ block, endpoint: null, date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) })
    expect(fixture.expected.facts).toMatchObject({
      usage_events: [{ kind: 'delivered' }, { kind: 'delivered' }],
      payments: [{ to: multisig, amount: '10' }, { amount: '10' }],
    })
    expect(JSON.stringify(fixture)).not.toMatch(/127\.0\.0\.1/)
  })

  it('replays to the same rows, and to others where decoder or logs have changed', async () => {
    const fixture = await read(path())
    expect(replayFixture(fixture, olasMech)).toEqual(fixture.expected)
    const dearer = fixture.transaction.logs.map((log) => ({ ...log, data: log.data.replaceAll(/(0{62})0a/g, '$10b') }))
    expect(replayFixture({ ...fixture, transaction: { ...fixture.transaction, logs: dearer } }, olasMech)).not.toEqual(
      fixture.expected,
    )
    expect(replayFixture(fixture, ocean)).not.toEqual(fixture.expected)
  })

  it('is written over only with --update', async () => {
    await writeFile(path(), 'reviewed')
    const refused = await olas()
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringMatching(/is there already\.\n\nFix: Pass --update/),
    ])
    expect(await readFile(path(), 'utf8')).toBe('reviewed')
    expect((await olas('--update')).code).toBe(0)
    expect((await read(path())).transaction.hash).toBe(hash)
  })

  it('is decoded anew without a node where its rows have changed on purpose', async () => {
    const fixture = await read(path())
    await writeFile(path(), JSON.stringify({ ...fixture, version: 0, expected: {} }))
    expect((await record(path())).code).toBe(2)
    expect((await record('--update', path())).code).toBe(0)
    expect(await read(path())).toEqual(fixture)
  })

  it('finds the network by itself where one sees a row, and takes one that stands in a file', async () => {
    const anvil = await startAnvil()
    const token = await anvil.deploy('Erc20')
    const desk: Contract = await anvil.deploy('JobDesk', [token.address])
    await anvil.send(token, 'mint', [wallet(1), 10n])
    const { transactionHash } = await anvil.send(desk, 'pay', [[wallet(1)], [wallet(2)], [10n], 1])
    await writeFile(
      join(folder, 'abi.txt'),
      'event JobPaid(uint256 indexed jobId, address indexed buyer, address indexed seller, uint256 price, uint32 tokens, string model)',
    )
    const init = ['init', 'desk', '--abi', 'abi.txt', '--address', desk.address, '--chain', '31337', '--quiet']
    expect((await washboard(init, { cwd: folder })).code).toBe(0)
    const args = ['--tx', transactionHash, '--rpc', anvil.url, '--output', 'own']
    const alone = await record(...args)
    const named = await record(...args, '--protocol', 'desk.ts', '--chain', '31337')
    await anvil.stop()
    expect([alone.code, alone.stderr]).toEqual([
      2,
      expect.stringMatching(/No row comes out of 0x.*\n\nNetworks: olas-mech, /),
    ])
    expect([named.code, named.stderr]).toEqual([0, ''])
    const [file] = await readdir(join(folder, 'own'))
    expect(file).toBe(`desk-${transactionHash.slice(2, 10)}.json`)
    const { protocol, expected } = await read(join(folder, 'own', file!))
    expect([protocol, (expected.facts as { readonly payments: object[] }).payments]).toMatchObject([
      'desk.ts',
      [{ amount: '10' }],
    ])
  })

  it.each([
    [['--chain', '1'], /The node serves eip155:31337, not eip155:1\.\n\nFix: /],
    [['--tx', `0x${'7'.repeat(64)}`], /eip155:31337 knows no mined transaction 0x7+\.\n\nFix: /],
    [['--tx', 'latest'], /A transaction and a node are needed/],
    [['--colour'], /Unknown option '--colour'[\s\S]*Fix: Use the flags/],
    [['--rpc', 'node'], /Fix: give an http or https URL/],
  ])('is not written with %j, and no trace is shown', async (args, said) => {
    const ran = await olas(...args, '--output', 'none')
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringMatching(said)])
    expect(ran.stderr).not.toMatch(/\n\s+at /)
    await expect(readdir(join(folder, 'none'))).rejects.toThrow(/ENOENT/)
  })
})

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { protocols } from '../../src/protocols/index.ts'
import type { Deployment } from '../../src/protocols/protocol.ts'
import { startAnvil } from '../support/anvil.ts'
import { washboard } from '../support/cli.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'washboard-dry-run-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const run = (...args: string[]) => washboard(args, { cwd: folder })
const networks = protocols.map(({ id, deployments }): [string, readonly Deployment[]] => [id, deployments])
const chainsOf = (deployments: readonly Deployment[]) => [...new Set(deployments.map(({ chain }) => chain))]

describe.each(networks)('collect %s --dry-run', (id, deployments) => {
  const chains = chainsOf(deployments)

  it('plans every chain of the network with nothing but an endpoint, where none of its contracts stands', async () => {
    const nodes = await Promise.all(chains.map((chain) => startAnvil({ chainId: Number(chain.slice(7)) })))
    for (const node of nodes) await node.client.mine({ blocks: 50 })
    const rpc = nodes.flatMap(({ chain, url }) => ['--rpc', `${chain}=${url}`])
    const [ran, json] = [
      await run('collect', id, '--dry-run', ...rpc),
      await run('collect', id, '--dry-run', '--json', ...rpc),
    ]
    await Promise.all(nodes.map((node) => node.stop()))
    expect([ran.code, ran.stderr, json.code, json.stderr]).toEqual([0, '', 0, ''])
    const planned: readonly { readonly chain: string; readonly blocks: number; readonly probes: number }[] = JSON.parse(
      json.stdout,
    )
    expect(planned.map(({ chain }) => chain)).toEqual(chains)
    for (const plan of planned) {
      const unknown = deployments.some(({ chain, fromBlock }) => chain === plan.chain && fromBlock === null)
      const said = unknown
        ? /from block 0, since nobody has said where these begin: /
        : /nothing to read: the contracts begin at block \d+/
      expect(plan).toMatchObject({ protocol: id, said: [expect.stringMatching(said)] })
      expect(plan.blocks > 0).toBe(unknown)
      expect(plan.probes).toBeLessThanOrEqual(20)
      expect(ran.stdout).toContain(`${id} on ${plan.chain}:`)
    }
    expect(await readdir(folder)).toEqual([])
  })

  it('names the public node of every chain where no endpoint is given', async () => {
    const [ran, json] = [await run('collect', id, '--dry-run'), await run('collect', id, '--dry-run', '--json')]
    expect([ran.code, ran.stderr, json.code]).toEqual([0, '', 0])
    const named: readonly { readonly chain: string; readonly url: string; readonly name: string }[] = JSON.parse(
      json.stdout,
    )
    expect(named.map(({ chain }) => chain)).toEqual(chains)
    expect(ran.stdout.trim().split('\n')).toEqual(
      named.map(({ chain, url, name }) => {
        expect(url).toMatch(/^https:\/\//)
        const next = `Next: pass --rpc ${chain.slice(7)}=<url>`
        return `${id} on ${chain}: would read ${url} (viem's public node of ${name}; limits unknown). ${next}`
      }),
    )
  })
})

describe('collect --dry-run without an endpoint', () => {
  const place = { role: 'mech-marketplace', address: `0x${'1'.repeat(40)}`, fromBlock: 0 }

  it.each(['eip155:31337', 'eip155:987654321'])('says that it knows no public node of %s', async (chain) => {
    const file = join(folder, 'deployments.json')
    await writeFile(file, JSON.stringify([{ ...place, chain }]))
    const args = ['collect', 'olas-mech', '--deployments', file]
    const ran = await run(...args, '--dry-run')
    expect([ran.code, ran.stdout]).toEqual([
      0,
      `olas-mech on ${chain}: no public node of it is known. Next: pass --rpc ${chain.slice(7)}=<url>\n`,
    ])
    const collected = await run(...args)
    expect([collected.code, collected.stderr]).toEqual([
      2,
      expect.stringContaining(`Fix: Add --rpc ${chain.slice(7)}=<url>.\n`),
    ])
  })

  it('is an error of collect itself, which names a node that could be given', async () => {
    const ran = await run('collect', 'olas-mech')
    expect([ran.code, ran.stdout]).toEqual([2, ''])
    expect(ran.stderr).toMatch(/Fix: Add --rpc 100=<url>, such as Gnosis's public node https:\/\/\S+, whose limits/)
  })

  it('loads the list of chains for nothing else', async () => {
    /** Every module that ran, as the coverage of V8 names it. */
    const loads = async (...args: string[]) => {
      const coverage = join(folder, args.join(''))
      const ran = await washboard(args, { cwd: folder, env: { NODE_V8_COVERAGE: coverage } })
      expect(ran.code).toBe(0)
      const texts = await Promise.all((await readdir(coverage)).map((file) => readFile(join(coverage, file), 'utf8')))
      expect(texts.join()).toMatch(/src\/cli\/main\.js/)
      return /viem\/_esm\/chains\/index\.js/.test(texts.join())
    }
    expect(await loads('--help')).toBe(false)
    expect(await loads('collect', 'x402', '--dry-run')).toBe(true)
  })
})

describe('collect of a chain that ends before the contracts begin', () => {
  it('says so, and that nothing was read', async () => {
    const node = await startAnvil({ chainId: 1 })
    await node.client.mine({ blocks: 5 })
    const ran = await run('collect', 'ocean', '--rpc', `1=${node.url}`, '--ledger', 'early.duckdb')
    await node.stop()
    expect(ran.code).toBe(0)
    expect(ran.stderr).toMatch(
      /nothing to read: the contracts begin at block 14907021, after the last block wanted, \d\b/,
    )
  })
})

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Anvil, artifacts, type Contract, startAnvil } from '../support/anvil.ts'
import { washboard } from '../support/cli.ts'
import { type GraphNode, hasGraphNode, startGraphNode } from '../support/graph-node.ts'

const wallet = (n: number) => `0x${n.toString(16).padStart(40, 'c')}`

let anvil: Anvil
let node: GraphNode
let desk: Contract
let folder: string
let head: number
const run = (...args: string[]) => washboard(args, { cwd: folder })

describe.skipIf(!hasGraphNode)('a subgraph that graph init made, read by the query that washboard init wrote', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'washboard-init-subgraph-'))
    anvil = await startAnvil()
    const token = await anvil.deploy('Erc20')
    desk = await anvil.deploy('JobDesk', [token.address])
    const startBlock = Number(desk.receipt.blockNumber)
    for (let n = 0; n < 4; n += 1) {
      await anvil.send(token, 'mint', [wallet(n), 1_000n])
      await anvil.send(desk, 'pay', [[wallet(n), wallet(n)], [wallet(9), wallet(n)], [30n, 2n], 2 ** 32 - 1])
    }
    await anvil.client.mine({ blocks: 5 })
    head = Number(await anvil.client.getBlockNumber()) - 2
    node = await startGraphNode({ rpc: anvil.url, startBlock, scaffold: { name: 'JobDesk', address: desk.address } })
    await node.indexed(head)
    await writeFile(join(folder, 'JobDesk.json'), JSON.stringify(artifacts.JobDesk))
    const place = ['--address', desk.address, '--chain', '31337', '--from-block', `${startBlock}`]
    const what = [
      '--asset',
      token.address,
      '--symbol',
      'T',
      '--decimals',
      '6',
      '--units',
      'tokens',
      '--service',
      'model',
    ]
    expect((await run('init', 'job-desk', '--abi', 'JobDesk.json', ...place, ...what, '--subgraph')).code).toBe(0)
  }, 180_000)
  afterAll(async () => {
    await node?.stop()
    await anvil?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('says of every job what the chain says', async () => {
    const network = ['collect', './job-desk.ts', '--to', `${head}`]
    expect((await run(...network, '--rpc', `31337=${anvil.url}`)).code).toBe(0)
    const compared = await run('reconcile', '--subgraph', `job-desk.ts@31337=${node.url}`, '--json')
    expect([compared.code, compared.stderr]).toEqual([0, expect.anything()])
    const found = JSON.parse(compared.stdout)
    expect(found).toMatchObject({ missing: { total: 0 }, extra: { total: 0 }, different: { total: 0 } })

    const alone = await run(
      ...[...network, '--from', '0', '--ledger', 'subgraph.duckdb'],
      ...['--subgraph', `job-desk@31337=${node.url}`],
    )
    expect([alone.code, alone.stderr]).toEqual([0, expect.stringMatching(/8 usage_events, 8 payments, 0 rejected/)])
  })

  it('is refused in words where its schema has other names', async () => {
    await writeFile(join(folder, 'renamed.txt'), 'event JobSold(address buyer, address seller, uint256 price)')
    await run('init', 'renamed', '--abi', 'renamed.txt', '--address', desk.address, '--chain', '31337', '--subgraph')
    const ran = await run(
      'collect',
      './renamed.ts',
      '--subgraph',
      `renamed@31337=${node.url}`,
      '--from',
      '0',
      '--to',
      `${head}`,
    )
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringMatching(/"jobSolds"[\s\S]*Fix: /)])
  })
})

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLedger, type Report, reportSchema } from '../../src/index.ts'
import { randomStream } from '../../src/statistics/random.ts'
import { type Anvil, type Contract, startAnvil } from '../support/anvil.ts'
import { washboard } from '../support/cli.ts'

const REQUESTS = 2_000
const RATE = 10n ** 16n
const HUGE = 10n ** 38n - 1n
const address = (kind: number, n: number) => `0x${kind.toString(16)}${n.toString(16).padStart(39, '0')}`
const user = (n: number) => address(1, n)
const multisig = (n: number) => address(2, n)
const ringWallet = (n: number) => address(3, n)
const RING_MULTISIG = address(4, 1)
const SELF_MULTISIG = address(5, 1)
const HOSTILE_USER = address(6, 1)

type Planted = {
  readonly requesters: string[]
  readonly multisig: string
  readonly rate: bigint
  readonly tracker: 'token' | 'hostile'
}

let anvil: Anvil
let folder: string
let report: Report
let planted: Planted[]

/** Organic demand on eight mechs by 200 users, a ring, a mech whose multisig asks itself, and a hostile asset. */
function plan(): Planted[] {
  const random = randomStream(1, 'anvil-run')
  const organic = Array.from(
    { length: 8 },
    (_, n): Planted => ({ requesters: [], multisig: multisig(n), rate: RATE, tracker: 'token' }),
  )
  for (let i = 0; i < REQUESTS - 40 - 20 - 3; i++) organic[random.below(8)]!.requesters.push(user(random.below(200)))
  return [
    ...organic,
    {
      requesters: Array.from({ length: 40 }, (_, i) => ringWallet(i % 4)),
      multisig: RING_MULTISIG,
      rate: RATE,
      tracker: 'token',
    },
    {
      requesters: Array.from({ length: 20 }, () => SELF_MULTISIG),
      multisig: SELF_MULTISIG,
      rate: RATE,
      tracker: 'token',
    },
    { requesters: [HOSTILE_USER, HOSTILE_USER], multisig: multisig(0), rate: HUGE, tracker: 'hostile' },
    { requesters: [HOSTILE_USER], multisig: multisig(0), rate: 2n ** 256n - 1n, tracker: 'hostile' },
  ]
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'washboard-e2e-'))
  anvil = await startAnvil({ chainId: 31337 })
  planted = plan()
  const contracts = {
    marketplace: await anvil.deploy('MarketplaceV2'),
    token: await anvil.deploy('Erc20'),
    hostileToken: await anvil.deploy('Erc20'),
    tracker: await anvil.deploy('BalanceTracker'),
    hostile: await anvil.deploy('BalanceTracker'),
  }
  await emit(contracts)
  await mine(anvil, 3)
  const deployments = join(folder, 'deployments.json')
  await writeFile(deployments, JSON.stringify(deploymentsOf(contracts)))
  const ran = await washboard(
    [
      'run',
      'olas-mech',
      '--rpc',
      `31337=${anvil.url}`,
      '--deployments',
      deployments,
      '--from',
      '0',
      '--to',
      'finalized',
      '--chunk-blocks',
      '40',
    ],
    { cwd: folder },
  )
  expect(ran.stderr).not.toMatch(/ at .*\.js:/)
  expect(ran.code).toBe(0)
  report = reportSchema.parse(JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')))
}, 120_000)

afterAll(async () => {
  await anvil?.stop()
  await rm(folder, { recursive: true, force: true })
})

type Chain = { readonly [name in 'marketplace' | 'token' | 'hostileToken' | 'tracker' | 'hostile']: Contract }

async function emit({ marketplace, token, hostileToken, tracker, hostile }: Chain) {
  const mechs: string[] = []
  for (let i = 0; i < planted.length; i++) {
    const receipt = await anvil.send(marketplace, 'create', [i])
    mechs.push(`0x${receipt.logs[0]!.topics[1]!.slice(26)}`)
  }
  let first = 1
  for (const [i, group] of planted.entries()) {
    await anvil.send(marketplace, 'requestMany', [
      mechs[i],
      group.tracker === 'token' ? tracker.address : hostile.address,
      group.requesters,
      first,
    ])
    first += group.requesters.length
    await anvil.client.mine({ blocks: 20, interval: 30 })
  }
  await anvil.client.mine({ blocks: 200, interval: 30 })
  first = 1
  for (const [i, group] of planted.entries()) {
    const where = group.tracker === 'token' ? tracker.address : hostile.address
    await anvil.send(marketplace, 'deliverMany', [mechs[i], where, group.multisig, group.requesters, first, group.rate])
    first += group.requesters.length
  }
  await anvil.client.mine({ blocks: 50, interval: 30 })
  for (const wallet of [RING_MULTISIG, ...planted.slice(0, 8).map((group) => group.multisig)])
    await anvil.send(token, 'mint', [wallet, RATE * 1000n])
  // The ring pays its wallets back; honest mechs cash out, and users trade among themselves.
  const back = Array.from({ length: 4 }, (_, n) => n)
  await anvil.send(token, 'moveMany', [back.map(() => RING_MULTISIG), back.map(ringWallet), back.map(() => RATE * 10n)])
  const exchange = address(7, 1)
  await anvil.send(token, 'moveMany', [
    planted.slice(0, 8).map((group) => group.multisig),
    Array(8).fill(exchange),
    Array(8).fill(RATE * 100n),
  ])
  await anvil.send(token, 'moveMany', [
    Array(200).fill(exchange),
    Array.from({ length: 200 }, (_, n) => user(n)),
    Array(200).fill(RATE),
  ])
  await anvil.send(hostileToken, 'mint', [HOSTILE_USER, 2n ** 256n - 1n])
  await anvil.send(hostileToken, 'moveMany', [
    [HOSTILE_USER, HOSTILE_USER],
    [multisig(0), multisig(0)],
    [HUGE, HUGE],
  ])
}

function deploymentsOf({ marketplace, token, hostileToken, tracker, hostile }: Chain) {
  const at = (role: string, contract: Contract, asset?: string) => ({
    chain: 'eip155:31337',
    role,
    address: contract.address,
    fromBlock: 0,
    ...(asset === undefined ? {} : { asset }),
  })
  const unit = (contract: Contract, symbol: string) => ({
    chain: 'eip155:31337',
    asset: contract.address,
    symbol,
    decimals: 18,
  })
  return {
    deployments: [
      at('mech-marketplace', marketplace),
      at('balance-tracker', tracker, token.address),
      at('balance-tracker', hostile, hostileToken.address),
    ],
    assets: [{ ...unit(token, 'USDT'), peg: 'USD' }, unit(hostileToken, 'HUGE')],
  }
}

const paymentsOf = (signal: string) => report.findings.filter((finding) => finding.signal === signal)

describe('washboard run on a chain with 2,000 requests', () => {
  it('counts every request once, delivered many chunks after it was asked', async () => {
    expect(report.reported.count).toBe(REQUESTS)
    expect(report.reported.byStatus).toEqual([{ status: 'delivered', usages: REQUESTS, counted: true }])
    const ledger = await openLedger(join(folder, 'washboard.duckdb'), { readOnly: true })
    await ledger.materialize('usage')
    const folded = await ledger.rows('usage-rows')
    ledger.close()
    expect(folded).toHaveLength(REQUESTS)
    for (const usage of folded) expect(Number(usage.settled_at)).toBeGreaterThan(Number(usage.requested_at))
  })

  it('lists every planted self-payment and every planted return, and nothing organic', () => {
    const self = paymentsOf('self-payment')
    expect(self.map((finding) => finding.subjects)).toEqual([[SELF_MULTISIG]])
    expect(self[0]?.count).toBe(20)
    const returns = paymentsOf('value-return')
    expect(returns.map((finding) => [...finding.subjects]).sort()).toEqual(
      Array.from({ length: 4 }, (_, n) => [ringWallet(n), RING_MULTISIG]).sort(),
    )
    for (const finding of returns) {
      expect(finding.count).toBe(10)
      expect(finding.payments.every((payment) => payment.level === 'W1' && payment.returned === String(RATE))).toBe(
        true,
      )
      expect(finding.returns).toHaveLength(1)
    }
    expect(report.published.count.L0).toMatchObject({ status: 'measured', mid: 60 / REQUESTS })
  })

  it('keeps amounts beyond 38 digits in rejects and lets a hostile asset change nothing else', () => {
    const tokens = report.reported.byAsset.find((asset) => asset.symbol === 'USDT')
    expect(tokens?.amount).toBe(String(RATE * BigInt(REQUESTS - 3)))
    expect(report.reported.byAsset.find((asset) => asset.symbol === 'HUGE')?.amount).toBe(String(HUGE * 2n))
    const oversized = report.rejects.byReason.filter((row) => /10\^38/.test(row.reason))
    expect(oversized.map((row) => [row.table, row.rows])).toEqual([
      ['payments', 1],
      ['transfers', 1],
    ])
    const { L0 } = report.published.value
    expect(L0.status === 'measured' && L0.mid).toBeCloseTo(60 / (REQUESTS - 3), 12)
  })

  it('goes on where it stands: a second run reads nothing again and gives the same bytes', async () => {
    const before = await readFile(join(folder, 'report.json'), 'utf8')
    const ran = await washboard(
      [
        'run',
        'olas-mech',
        '--rpc',
        `31337=${anvil.url}`,
        '--deployments',
        'deployments.json',
        '--from',
        '0',
        '--to',
        'finalized',
        '--chunk-blocks',
        '40',
      ],
      { cwd: folder },
    )
    expect(ran.code).toBe(0)
    expect(ran.stderr).toMatch(/nothing new/)
    expect(await readFile(join(folder, 'report.json'), 'utf8')).toBe(before)
  })
})

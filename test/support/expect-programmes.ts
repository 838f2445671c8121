import { expect } from 'vitest'
import { scoreUsage } from '../../src/audit/score-usage.ts'
import { audit, auditable, auditContext } from '../../src/audit.ts'
import { economy } from '../../src/features/economy.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import type { Report } from '../../src/report/report.ts'
import { levelsOfUsers, userLevels } from '../../src/score/user-levels.ts'
import { incentives } from '../../src/workflows/incentives/incentives.ts'
import { CHAIN_ID, CONTRACTS, type Kind, type Service } from './olas-programmes-chain.ts'

type Made = { readonly services: readonly Service[]; readonly selfAsked: number; readonly staked: number }

/** Bunching at each target under its own contract, agents in W4, and nobody but those who ask themselves in W0 to W2. */
export async function expectProgrammes(ledger: Ledger, made: Made): Promise<void> {
  const { report } = await audit(ledger, { controls: 'none' })
  const targets = [...new Set(made.services.map(({ target }) => target))]
  expectBunching(report, targets)
  expectLadder(report, made, targets)
  await expectUsers(ledger, made)
  await expectRewards(ledger, made, targets)
}

const programmeOf = (target: number) => `eip155:${CHAIN_ID}:${CONTRACTS[target]}`

function expectBunching(report: Report, targets: readonly number[]): void {
  const bunching = report.tokenmaxxing.tests.find(({ id }) => id === 'H1')!
  expect(bunching.status).toBe('fired')
  expect(bunching.statement).toMatch(/software does that stops one after its target by default/)
  const found = bunching.groups.map(({ group, pValue }) => [group, pValue < 0.05] as const)
  const wanted = targets.map((target) => [`${programmeOf(target)}, target ${target}`, true] as const)
  expect(found.toSorted()).toEqual(wanted.toSorted())
}

function expectLadder(report: Report, { services, selfAsked, staked }: Made, targets: readonly number[]): void {
  const padders = services.filter(({ kind }) => kind === 'padder').map(({ multisig }) => multisig)
  for (const level of ['W0', 'W1', 'W2'] as const) {
    const { count, users } = report.ladder.find((one) => one.level === level)!
    expect([level, count, users]).toMatchObject([
      level,
      { status: 'measured', amount: String(selfAsked) },
      { status: 'measured', amount: String(padders.length) },
    ])
  }
  const agents = services.filter(({ kind }) => kind === 'agent')
  const W4 = report.ladder.find(({ level }) => level === 'W4')!
  if (W4.count.status !== 'measured') throw new Error('W4 was not measured')
  const aimed = agents.reduce((sum, { target }) => sum + staked * (target + 1), 0)
  expect(Number(W4.count.amount)).toBeGreaterThanOrEqual(aimed)
  // Heavy users end there by chance in some windows, and are no W4 users.
  expect(Number(W4.count.amount)).toBeLessThan(1.25 * aimed)
  expect(W4.note!.match(/as software does that stops one after its target by default/g)).toHaveLength(targets.length)
  const selfPaid = report.findings.filter(({ signal }) => signal === 'self-payment')
  expect(new Set(selfPaid.flatMap(({ subjects }) => subjects))).toEqual(new Set(padders))
}

/** Each user by name: W0 to W2 are padders and all of them, W4 agents and most of them. */
async function expectUsers(ledger: Ledger, { services }: Made): Promise<void> {
  const context = auditContext(ledger, {})
  const { score } = await scoreUsage(context, (await auditable(ledger)).filled, {})
  const { names, parties, payments } = await context.get(economy)
  const levels = levelsOfUsers(score.masks, payments.payer, parties)
  const taking = (wanted: readonly string[]) =>
    names.slice(0, parties).filter((_, user) => wanted.includes(userLevels[levels[user]!] ?? ''))
  const ofKind = (kind: Kind) => services.filter((one) => one.kind === kind).map(({ multisig }) => multisig)
  expect(taking(['W0', 'W1', 'W2', 'W3']).toSorted()).toEqual(ofKind('padder').toSorted())
  const [stopping, agents] = [taking(['W4']), ofKind('agent')]
  for (const user of stopping) expect(agents).toContain(user)
  expect(stopping.length).toBeGreaterThanOrEqual(0.8 * agents.length)
}

/** While they are staked, agents do nothing else, and every reward of theirs is found, contract by contract. */
async function expectRewards(ledger: Ledger, { services, staked }: Made, targets: readonly number[]): Promise<void> {
  const { programmes } = await incentives(ledger)
  for (const target of targets) {
    const { whole, epochs, basis } = programmes.find(({ programme }) => programme === programmeOf(target))!
    const own = services.filter((service) => service.target === target)
    expect([basis, whole.grants, epochs.length]).toEqual(['windows', own.length * staked, staked])
    const each = BigInt(whole.rewards[0]!.amount) / BigInt(own.length)
    const rewardOf = (level: string) => whole.levels.find((one) => one.level === level)!.rewards[0]!
    const ofKind = (kind: Kind) => each * BigInt(own.filter((service) => service.kind === kind).length)
    expect(rewardOf('W0').amount).toBe(String(ofKind('padder')))
    expect(BigInt(rewardOf('W4').amount)).toBeGreaterThanOrEqual(ofKind('agent'))
    expect(BigInt(rewardOf('W4').amount)).toBeLessThanOrEqual(ofKind('agent') + ofKind('heavy'))
  }
}

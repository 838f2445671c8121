import { expect } from 'vitest'
import type { Report } from '../../src/report/report.ts'
import type { Service } from './olas-programmes-chain.ts'

type Made = { readonly services: readonly Service[]; readonly selfAsked: number; readonly staked: number }

/** Bunching at each target under its own contract, agents in W4, and nobody but those who ask themselves in W0 to W2. */
export function expectProgrammes(report: Report, { services, selfAsked, staked }: Made): void {
  const bunching = report.tokenmaxxing.tests.find(({ id }) => id === 'H1')!
  expect(bunching.status).toBe('fired')
  expect(bunching.statement).toMatch(/software does that stops one after its target by default/)
  const targets = [...new Set(services.map(({ target }) => target))]
  const found = bunching.groups.map(({ group, pValue }) => [Number(group.split(' ').at(-1)), pValue < 0.05] as const)
  expect(found.toSorted(([a], [b]) => a - b)).toEqual(targets.map((target) => [target, true]))
  expect(new Set(bunching.groups.map(({ group }) => group.split(',')[0])).size).toBe(targets.length)
  const padders = services.filter(({ kind }) => kind === 'padder').map(({ multisig }) => multisig)
  for (const level of ['W0', 'W2'] as const) {
    const { count, users } = report.ladder.find((one) => one.level === level)!
    expect([level, count, users]).toMatchObject([
      level,
      { status: 'measured', amount: String(selfAsked) },
      { status: 'measured', amount: String(padders.length) },
    ])
  }
  const agents = services.filter(({ kind }) => kind === 'agent')
  const W4 = report.ladder.find(({ level }) => level === 'W4')!
  if (W4.count.status !== 'measured' || W4.users.status !== 'measured') throw new Error('W4 was not measured')
  const aimed = agents.reduce((sum, { target }) => sum + staked * (target + 1), 0)
  expect(Number(W4.count.amount)).toBeGreaterThanOrEqual(aimed)
  // Heavy users end there by chance in some windows, and are no W4 users.
  expect(Number(W4.count.amount)).toBeLessThan(1.25 * aimed)
  expect(Number(W4.users.amount)).toBeLessThanOrEqual(agents.length)
  expect(Number(W4.users.amount)).toBeGreaterThanOrEqual(0.8 * agents.length)
  expect(W4.note!.match(/as software does that stops one after its target by default/g)).toHaveLength(targets.length)
  const selfPaid = report.findings.filter(({ signal }) => signal === 'self-payment')
  for (const { subjects } of selfPaid) for (const subject of subjects) expect(padders).toContain(subject)
}

import { expect } from 'vitest'
import type { Report } from '../../src/report/report.ts'
import type { Service } from './olas-programmes-chain.ts'

/** Bunching at each target under its own contract, and nobody but those who ask themselves below W4. */
export function expectProgrammes(report: Report, services: readonly Service[], selfAsked: number): void {
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
  const selfPaid = report.findings.filter(({ signal }) => signal === 'self-payment')
  for (const { subjects } of selfPaid) for (const subject of subjects) expect(padders).toContain(subject)
}

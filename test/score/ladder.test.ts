import { describe, expect, it } from 'vitest'
import { audit } from '../../src/audit.ts'
import { type Certified, type CertifiedMeasures, measures } from '../../src/score/certified.ts'
import { buildLadder } from '../../src/score/ladder.ts'
import { simulateMarket } from '../../src/simulation/index.ts'
import { withLedger } from '../support/ledger-with.ts'

const certified = (part: bigint, whole: bigint): Certified => {
  return { status: 'measured', part, whole, share: Number(part) / Number(whole) }
}
const all = (part: bigint, whole = 8n): CertifiedMeasures => {
  const one = certified(part, whole)
  return { value: one, count: one, units: one, users: one }
}
const rung = (ladder: ReturnType<typeof buildLadder>, level: string) => ladder.find((one) => one.level === level)

describe('buildLadder', () => {
  it('leaves what W1 does not certify undetermined, so that the two are the whole', () => {
    for (const part of [0n, 1n, 3n, 8n]) {
      const ladder = buildLadder(all(0n), all(part), '')
      for (const measure of measures) {
        const [loop, rest] = [rung(ladder, 'W1')?.[measure], rung(ladder, 'undetermined')?.[measure]]
        if (loop?.status !== 'measured' || rest?.status !== 'measured') throw new Error('not measured')
        expect(loop.part + rest.part).toBe(8n)
        expect(loop.share + rest.share).toBe(1)
      }
    }
  })

  it('leaves the rest of W0 undetermined where returns could not be looked for', () => {
    const ladder = buildLadder(all(2n), null, 'no transfers')
    expect(rung(ladder, 'W1')?.count).toEqual({ status: 'unavailable', reason: 'no transfers' })
    expect(rung(ladder, 'undetermined')?.count).toMatchObject({ part: 6n, share: 0.75 })
  })

  it('names rungs that this version does not measure, and calls nothing organic', () => {
    const ladder = buildLadder(all(0n), all(0n), '')
    expect(ladder.map(({ level }) => level)).toEqual(['W0', 'W1', 'W2', 'W3', 'W4', 'organic', 'undetermined'])
    for (const level of ['W2', 'W3', 'W4', 'organic'])
      for (const measure of measures) expect(rung(ladder, level)?.[measure].status).toBe('unavailable')
  })

  it('holds at the end of an audit: W0 ≤ W1, and W1 with the undetermined is the whole', async () => {
    const { facts, truth } = simulateMarket({ seed: 2, ring: { puppets: 3, payments: 5, selfPayments: 4 } })
    const { report } = await withLedger(facts, ({ ledger }) => audit(ledger))
    const shareOf = (level: string, measure: (typeof measures)[number]) => {
      const figure = report.ladder.find((one) => one.level === level)?.[measure]
      return figure?.status === 'measured' ? figure.share : Number.NaN
    }
    for (const measure of measures) {
      expect(shareOf('W0', measure)).toBeLessThanOrEqual(shareOf('W1', measure))
      expect(shareOf('W1', measure) + shareOf('undetermined', measure)).toBeCloseTo(1, 12)
    }
    const planted = [...truth.payments.values()].filter(({ level }) => level !== 'none').length
    expect(shareOf('W1', 'count')).toBeCloseTo(planted / truth.payments.size, 12)
  })
})

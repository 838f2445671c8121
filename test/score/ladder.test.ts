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
const noStops = { W4: all(0n), counter: { status: 'unavailable', reason: 'no windows' } } as const
const rung = (ladder: ReturnType<typeof buildLadder>, level: string) => ladder.find((one) => one.level === level)

describe('buildLadder', () => {
  it('leaves what W1 does not certify undetermined, so that the two are the whole', () => {
    for (const part of [0n, 1n, 3n, 8n]) {
      const ladder = buildLadder({ W0: all(0n), W1: all(part), rungs: null, reason: 'no links', ...noStops })
      for (const measure of measures) {
        const [loop, rest] = [rung(ladder, 'W1')?.[measure], rung(ladder, 'undetermined')?.[measure]]
        if (loop?.status !== 'measured' || rest?.status !== 'measured') throw new Error('not measured')
        expect(loop.part + rest.part).toBe(8n)
        expect(loop.share + rest.share).toBe(1)
      }
    }
  })

  it('leaves the rest of W0 undetermined where returns could not be looked for', () => {
    const ladder = buildLadder({ W0: all(2n), W1: null, rungs: null, reason: 'no transfers', ...noStops })
    expect(rung(ladder, 'W1')?.count).toEqual({ status: 'unavailable', reason: 'no transfers' })
    expect(rung(ladder, 'undetermined')?.count).toMatchObject({ part: 6n, share: 0.75 })
  })

  it('says why a rung is not measured, and calls nothing organic', () => {
    const ladder = buildLadder({ W0: all(0n), W1: all(0n), rungs: null, reason: 'no links', ...noStops })
    expect(ladder.map(({ level }) => level)).toEqual(['W0', 'W1', 'W2', 'W3', 'W4', 'organic', 'undetermined'])
    for (const level of ['W2', 'W3', 'organic'])
      expect(rung(ladder, level)?.count).toEqual({ status: 'unavailable', reason: 'no links' })
    expect(rung(ladder, 'W4')?.users).toEqual({ status: 'unavailable', reason: 'no windows' })
  })

  it('prints W4 beside the others, with what software does by default, and takes it from none of them', () => {
    const inputs = { W0: all(0n), W1: all(2n), rungs: { W2: all(3n), W3: all(4n), organic: all(1n) }, reason: '' }
    const notes = ['4 of 5 windows stop there, as software does by default.']
    const counter = { status: 'measured', usages: new Int32Array(), notes } as const
    const [without, ladder] = [buildLadder({ ...inputs, ...noStops }), buildLadder({ ...inputs, W4: all(4n), counter })]
    expect(rung(ladder, 'W4')).toMatchObject({ note: notes[0], value: { part: 4n } })
    for (const level of ['W0', 'W1', 'W2', 'W3', 'organic', 'undetermined'])
      expect(rung(ladder, level)).toEqual(rung(without, level))
    const many = Array.from({ length: 12 }, (_, i) => `Target ${i}.`)
    expect(rung(buildLadder({ ...inputs, W4: all(0n), counter: { ...counter, notes: many } }), 'W4')?.note).toMatch(
      /^Target 0\. .* Target 9\. And so at 2 more targets\.$/,
    )
  })

  it('leaves undetermined what is neither W3 nor organic', () => {
    const rungs = { W2: all(3n), W3: all(4n), organic: all(1n) }
    const ladder = buildLadder({ W0: all(0n), W1: all(2n), rungs, reason: '', ...noStops })
    expect(rung(ladder, 'undetermined')?.value).toMatchObject({ part: 3n, share: 0.375 })
    const unmeasured = { ...rungs, W3: { ...all(4n), units: { status: 'unavailable', reason: 'none' } as const } }
    const partly = buildLadder({ W0: all(0n), W1: all(2n), rungs: unmeasured, reason: '', ...noStops })
    expect(rung(partly, 'undetermined')?.units.status).toBe('unavailable')
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
      expect(shareOf('W1', measure)).toBeLessThanOrEqual(shareOf('W2', measure))
      expect(shareOf('W2', measure)).toBeLessThanOrEqual(shareOf('W3', measure))
      const apart = shareOf('organic', measure) + shareOf('undetermined', measure)
      expect(shareOf('W3', measure) + apart).toBeCloseTo(1, 12)
    }
    const planted = [...truth.payments.values()].filter(({ level }) => level !== 'none').length
    expect(shareOf('W1', 'count')).toBeCloseTo(planted / truth.payments.size, 12)
  })
})

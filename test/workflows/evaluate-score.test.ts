import { describe, expect, it } from 'vitest'
import { coverageOf, type EvaluatedScore, kindRows, scoreRow } from '../../src/workflows/evaluate-score.ts'
import { sumRates } from '../../src/workflows/evaluate-signals.ts'

const at = (low: number, mid: number, high: number) => ({ status: 'measured', low, mid, high }) as const
const score = (more: Partial<EvaluatedScore>): EvaluatedScore => ({
  ...{ L1: { status: 'unavailable', reason: 'none' }, U1: at(1, 1, 1), kinds: {}, gate: {}, ...more },
})

describe('scoreRow', () => {
  it('has the means, and in how many worlds each bound is on its side of the truth', () => {
    const row = scoreRow([
      { wash: 0.2, payers: 0.25, score: score({ L1: at(0.1, 0.2, 0.3), U1: at(0.5, 0.5, 0.5) }) },
      { wash: 0.2, payers: 0.25, score: score({ L1: at(0.2, 0.3, 0.4), U1: at(0.1, 0.1, 0.1) }) },
    ])
    expect(row.L1).toMatchObject({ holds: 1 })
    expect(row.L1!.mid).toBeCloseTo(0.25, 12)
    expect(row.U1).toEqual({ low: 0.3, mid: 0.3, high: 0.3, holds: 1 })
  })

  it('is judged for information in worlds of 400 entities or more alone', () => {
    const large = { cron: { of: 400, named: 0, certified: 0 } }
    const { informative } = scoreRow([
      { wash: 0.2, payers: 0.2, score: score({ L1: at(0, 0.1, 0.2), kinds: large }) },
      { wash: 0.2, payers: 0.2, score: score({ L1: at(0, 0, 0.2) }) },
    ])
    expect(informative).toEqual({ worlds: 1, ratio: 0.5 })
  })

  it('has no row of what no world measured, and no recall of nothing', () => {
    const row = scoreRow([{ wash: 0, payers: 0, score: score({}) }])
    expect(row.L1).toBeNull()
    expect(row.gateRecall).toBeNaN()
  })

  it('weighs what the gate finds by value', () => {
    const gates = [{ A1: { value: 30, named: 30 } }, { A1: { value: 60, named: 0 }, A3: { value: 10, named: 10 } }]
    expect(scoreRow(gates.map((gate) => ({ wash: 0.2, payers: 0.2, score: score({ gate }) }))).gateRecall).toBeCloseTo(
      0.4,
      12,
    )
  })
})

describe('coverageOf', () => {
  it('counts worlds in which a bound is right, against all that payers spend, a class left out, and wash usage alone', () => {
    const worlds = [at(0.1, 0.2, 0.24), at(0.1, 0.2, 0.3), at(0.1, 0.24, 0.24), at(0.1, 0.3, 0.4)].map((L1) => ({
      ...{ wash: 0.2, payers: 0.25, score: score({ L1, U1: L1 }) },
    }))
    const { L1, L1LeftOut, L1Wash, U1 } = coverageOf(worlds)
    expect([L1, L1LeftOut, L1Wash, U1].map(({ holds, of }) => `${holds}/${of}`)).toEqual(['3/4', '2/4', '2/4', '4/4'])
    // Exact: all four right leave .01 ** (1 / 4) at the least.
    expect(U1.low).toBeCloseTo(0.01 ** (1 / 4), 9)
  })
})

describe('sums over worlds', () => {
  it('add kinds and rates up by name', () => {
    const kinds = [{ cron: { of: 2, named: 1, certified: 0 } }, { cron: { of: 3, named: 0, certified: 2 } }]
    expect(kindRows(kinds.map((one) => score({ kinds: one }))).cron).toMatchObject({ of: 5, named: 1, certified: 2 })
    const rate = { tested: 5, at05: 2, at01: 1 }
    expect(sumRates([{ link: { cron: rate } }, { link: { cron: rate, A1: rate } }])).toEqual({
      link: { cron: { tested: 10, at05: 4, at01: 2 }, A1: rate },
    })
  })
})

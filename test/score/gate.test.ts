import { describe, expect, it } from 'vitest'
import { type EntityEvidence, evidenceFamilies } from '../../src/score/entity-evidence.ts'
import { DEPENDENT, namingGate, posteriorOf, speakingFamilies } from '../../src/score/gate.ts'

/** One entity. `decisive`: what F1, F2 of basis `value` or F3 say of itself; F1 and F3 unless told. */
function evidenceOf(
  nats: Partial<Record<(typeof evidenceFamilies)[number], number>>,
  decisive = Math.max(nats.F1 ?? 0, nats.F3 ?? 0),
): EntityEvidence {
  const byFamily = Object.fromEntries(evidenceFamilies.map((family) => [family, Float64Array.of(nats[family] ?? 0)]))
  return {
    byFamily: byFamily as EntityEvidence['byFamily'],
    nats: Float64Array.of(Object.values(nats).reduce((sum, one) => sum + one, 0)),
    decisive: Float64Array.of(decisive),
  }
}
const passes = (...given: Parameters<typeof evidenceOf>) =>
  namingGate(evidenceOf(...given), Float64Array.of(1)).passes[0]

describe('namingGate', () => {
  it('has the posterior of Bayes with a prior of 5 %', () => {
    expect(posteriorOf(0)).toBeCloseTo(0.05, 12)
    expect(posteriorOf(Math.log(0.85 / 0.15) + Math.log(19))).toBeCloseTo(0.85, 12)
    expect(posteriorOf(-1000)).toBe(0)
    expect(posteriorOf(1000)).toBe(1)
  })

  it('names nobody on one family, however strong', () => {
    for (const family of evidenceFamilies) expect(passes({ [family]: 100 }, 100)).toBe(0)
    expect(passes({ F1: 100, F3: 1.2 })).toBe(1)
  })

  it('asks for ownership, money or lockstep among them', () => {
    expect(passes({ F2: 10, F5: 10 })).toBe(0)
    expect(passes({ F2: 10, F5: 10 }, 10)).toBe(1)
    expect(passes({ F1: 3, F5: 3 })).toBe(1)
    // A payee of whom two families speak names none of its customers.
    expect(passes({ F1: 10, F3: 10 }, 0)).toBe(0)
  })

  it('asks for a posterior of .85, counter-evidence included', () => {
    expect(passes({ F1: 2, F3: 2 })).toBe(0)
    expect(passes({ F1: 3, F3: 3 })).toBe(1)
    expect(passes({ F1: 3, F3: 3, F4: -1, F5: -0.69 })).toBe(0)
  })

  it('names nobody of whose kind no payee depends', () => {
    const named = (dependence: number) =>
      namingGate(evidenceOf({ F1: 9, F3: 9 }), Float64Array.of(dependence)).passes[0]
    expect([named(0.33), named(DEPENDENT)]).toEqual([0, 1])
  })

  it('says which families speak', () => {
    expect(speakingFamilies(evidenceOf({ F1: 1.16, F2: 1.15, F3: 5 }), 0)).toEqual(['F1', 'F3'])
  })
})

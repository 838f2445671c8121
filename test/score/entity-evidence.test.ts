import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unmerged } from '../../src/clusters/entity-map.ts'
import { pairsOf } from '../../src/clusters/entity-pairs.ts'
import { entityEvidence, evidenceFamilies, type Testimony } from '../../src/score/entity-evidence.ts'
import type { EntityValues, FamilyId } from '../../src/signals/signal.ts'
import { randomStream } from '../../src/statistics/random.ts'

/** Entities 0 and 1 pay 2 and 3. */
const pairs = pairsOf(
  {
    payer: Int32Array.of(0, 0, 0, 1),
    payee: Int32Array.of(2, 2, 3, 3),
    value: Float64Array.of(1, 2, 1, 5),
  },
  unmerged(4),
)

const valuesOf = (pValues: Record<number, number>, role: EntityValues['role'] = 'payer'): EntityValues => ({
  role,
  entity: Int32Array.from(Object.keys(pValues), Number),
  statistic: Float64Array.from(Object.values(pValues)),
  pValue: Float64Array.from(Object.values(pValues)),
  evidence: () => ({ payments: [], transfers: [] }),
})
const says = (family: FamilyId, values: EntityValues | null, basis?: 'value' | 'closure'): Testimony => ({
  signal: { id: family, family, ...(basis === undefined ? {} : { basis }) },
  values,
})
const e = (p: number) => 0.5 / Math.sqrt(p)

describe('entityEvidence', () => {
  it('averages e-values within a family, where an untested entity has 1, and adds logarithms across families', () => {
    const { nats, byFamily } = entityEvidence(
      [says('F1', valuesOf({ 0: 1e-6, 1: 0.5 })), says('F1', valuesOf({ 0: 0.04 })), says('F3', valuesOf({ 0: 1e-4 }))],
      pairs,
    )
    expect(byFamily.F1[0]).toBeCloseTo(Math.log((e(1e-6) + e(0.04)) / 2), 12)
    expect(byFamily.F1[1]).toBeCloseTo(Math.log((e(0.5) + 1) / 2), 12)
    expect(nats[0]).toBeCloseTo(byFamily.F1[0]! + Math.log(e(1e-4)), 12)
    expect(nats[2]).toBe(0)
  })

  it('spreads what is said of a payee on its payers by the share of their spending', () => {
    const { nats } = entityEvidence([says('F3', valuesOf({ 2: 1e-6, 3: 0.01 }, 'payee'))], pairs)
    expect(nats[0]).toBeCloseTo(Math.log((3 * e(1e-6) + e(0.01)) / 4), 12)
    expect(nats[1]).toBeCloseTo(Math.log(e(0.01)), 12)
    expect([nats[2], nats[3]]).toEqual([0, 0])
  })

  it('tells what decides of the entity itself from what is said of its payees', () => {
    const both = [says('F1', valuesOf({ 2: 1e-8 }, 'payee')), says('F3', valuesOf({ 1: 1e-4 }))]
    const { byFamily, decisive } = entityEvidence(both, pairs)
    expect(byFamily.F1[0]).toBeGreaterThan(5)
    expect([decisive[0], decisive[1]]).toEqual([0, Math.log(e(1e-4))])
  })

  it('spreads by payments where nothing has a value', () => {
    const unpriced = { ...pairs, value: new Float64Array(pairs.value.length) }
    const { nats } = entityEvidence([says('F3', valuesOf({ 2: 1e-6 }, 'payee'))], unpriced)
    expect(nats[0]).toBeCloseTo(Math.log((2 * e(1e-6) + 1) / 3), 12)
  })

  it('says the same of everybody where others join whose signals were measured against the same population', () => {
    const joined = pairsOf(
      {
        payer: Int32Array.of(0, 0, 0, 1, 4, 4),
        payee: Int32Array.of(2, 2, 3, 3, 5, 3),
        value: Float64Array.of(1, 2, 1, 5, 9, 2),
      },
      unmerged(6),
    )
    const p = fc.double({ min: 1e-12, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.array(p, { minLength: 6, maxLength: 6 }), ([a = 1, b = 1, c = 1, d = 1, theirs = 1, more = 1]) => {
        const said = (others: Record<number, number>) => [
          says('F1', valuesOf({ 0: a, 1: b, ...others })),
          says('F2', valuesOf({ 2: c, 3: d }, 'payee'), 'value'),
          says('F3', valuesOf({ 0: c, ...others })),
        ]
        const before = entityEvidence(said({}), pairs)
        const after = entityEvidence(said({ 4: theirs, 5: more }), joined)
        expect(after.nats.slice(0, 4)).toEqual(before.nats)
        expect(after.decisive.slice(0, 4)).toEqual(before.decisive)
      }),
    )
  })

  it('lets regularity move the odds by one nat at most, and size forensics not at all', () => {
    const { nats, byFamily } = entityEvidence(
      [says('F4', valuesOf({ 0: 1e-20, 1: 1 })), says('F6', valuesOf({ 0: 1e-20 }))],
      pairs,
    )
    expect([byFamily.F4[0], nats[0]]).toEqual([1, 1])
    expect(nats[1]).toBeCloseTo(-Math.log(2), 12)
  })

  it('caps trading in a closed circle unless ownership or money speaks too', () => {
    const closure = says('F2', valuesOf({ 0: 1e-20, 1: 1e-20 }), 'closure')
    const alone = entityEvidence([closure], pairs)
    expect(alone.nats[0]).toBeCloseTo(2, 12)
    const owned = entityEvidence([closure, says('F1', valuesOf({ 0: 1e-6 }))], pairs)
    expect(owned.byFamily.F2[0]).toBeCloseTo(Math.log(e(1e-20)), 12)
    expect(owned.byFamily.F2[1]).toBeCloseTo(2, 12)
    const returned = entityEvidence([closure, says('F2', valuesOf({ 0: 1e-6 }), 'value')], pairs)
    expect(returned.byFamily.F2[0]).toBeCloseTo(Math.log((e(1e-20) + e(1e-6)) / 2), 12)
    expect(returned.decisive[0]).toBeCloseTo(Math.log(e(1e-6)), 12)
    expect(alone.decisive[0]).toBe(0)
  })

  it('never says more where a signal could not look', () => {
    const pValue = fc.double({ min: 1e-12, max: 1, noNaN: true })
    const family = fc.constantFrom(...evidenceFamilies)
    const testimony = fc.record({ family, value: fc.boolean(), first: pValue, second: pValue })
    fc.assert(
      fc.property(fc.array(testimony, { minLength: 1, maxLength: 6 }), fc.nat(5), (all, missing) => {
        const testimonies = all.map(({ family, value, first, second }) =>
          says(family, valuesOf({ 0: first, 1: second }), value ? 'value' : 'closure'),
        )
        const without = testimonies.map((one, i) => (i === missing % all.length ? { ...one, values: null } : one))
        const [full, less] = [entityEvidence(testimonies, pairs), entityEvidence(without, pairs)]
        for (const entity of [0, 1]) expect(less.nats[entity]).toBeLessThanOrEqual(full.nats[entity]! + 1e-9)
      }),
    )
  })

  it('has e-values with a mean of 1 at most where nothing is to be found', () => {
    const random = randomStream(1, 'null evidence')
    let sum = 0
    const draws = 20_000
    for (let draw = 0; draw < draws; draw += 1) {
      const uniform = () => valuesOf({ 0: random.next(), 1: random.next() })
      const testimonies = [
        says('F1', uniform()),
        says('F1', uniform()),
        says('F2', uniform(), 'value'),
        says('F3', uniform()),
      ]
      sum += Math.min(100, Math.exp(entityEvidence(testimonies, pairs).nats[0]!))
    }
    expect(sum / draws).toBeLessThan(1)
    expect(sum / draws).toBeGreaterThan(0.6)
  })
})

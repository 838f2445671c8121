import { describe, expect, it } from 'vitest'
import { type Certified, type CertifiedMeasures, measures } from '../../src/score/certified.ts'
import { type PublishedValue, type PublishInputs, publish } from '../../src/score/published.ts'
import { IncoherentError } from '../../src/score/rungs.ts'

const share = (value: number): Certified => {
  return { status: 'measured', part: BigInt(Math.round(value * 100)), whole: 100n, share: value }
}
const all = (value: number): CertifiedMeasures => {
  return { value: share(value), count: share(value), units: share(value), users: share(value) }
}
const bounds = (low: number, mid: number, high: number): PublishInputs['L1'] => {
  const one: PublishedValue = { status: 'measured', low, mid, high }
  return { value: one, count: one, units: one, users: one }
}
const inputs = (more: Partial<PublishInputs> = {}): PublishInputs => {
  return { W1: all(0.4), grid: [], reason: 'no transfers', L1: bounds(0.1, 0.5, 0.6), organic: all(0.2), ...more }
}

describe('publish', () => {
  it('gives L0 at the default options with its range over the grid', () => {
    const published = publish(inputs({ grid: [all(0.3), all(0.5), all(0.4)] }))
    for (const measure of measures)
      expect(published[measure].L0).toEqual({ status: 'measured', low: 0.3, mid: 0.4, high: 0.5 })
  })

  it('keeps the middle inside the range even where the grid does not reach it', () => {
    expect(publish(inputs({ grid: [all(0.5)] })).count.L0).toMatchObject({ low: 0.4, mid: 0.4, high: 0.5 })
    expect(publish(inputs()).count.L0).toMatchObject({ low: 0.4, mid: 0.4, high: 0.4 })
  })

  it('has L1 at least at L0, and U1 as what is not certified organic', () => {
    const { L1, U1 } = publish(inputs()).value
    expect(L1).toEqual({ status: 'measured', low: 0.4, mid: 0.5, high: 0.6 })
    expect(U1).toEqual({ status: 'measured', low: 0.8, mid: 0.8, high: 0.8 })
  })

  it('refuses bounds that cross, by whichever measure', () => {
    expect(() => publish(inputs({ organic: all(0.51) }))).toThrow(IncoherentError)
    expect(() => publish(inputs({ organic: { ...all(0.2), users: share(0.6) } }))).toThrow(/by users/)
    expect(() => publish(inputs({ organic: all(0.5) }))).not.toThrow()
  })

  it('gives each figure that is not measured its own reason, and never 0', () => {
    const none: PublishedValue = { status: 'unavailable', reason: 'no calibration' }
    const L1 = { value: none, count: none, units: none, users: none }
    const absent = publish(inputs({ W1: null, organic: null }))
    for (const figure of ['L0', 'L1', 'U1'] as const)
      expect(absent.value[figure]).toEqual({ status: 'unavailable', reason: 'no transfers' })
    const units: Certified = { status: 'unavailable', reason: 'no units' }
    const without = publish(inputs({ W1: { ...all(0.1), units }, L1 }))
    expect(without.units.L0).toEqual(units)
    expect(without.units.L1).toEqual(units)
    expect(without.count.L1).toEqual(none)
    for (const figure of ['P', 'audited'] as const)
      expect(without.count[figure]).toMatchObject({ status: 'unavailable', reason: expect.stringMatching(/\w+ \w+/) })
  })
})

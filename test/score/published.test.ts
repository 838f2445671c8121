import { describe, expect, it } from 'vitest'
import { type Certified, type CertifiedMeasures, measures } from '../../src/score/certified.ts'
import { publish } from '../../src/score/published.ts'

const share = (value: number): Certified => {
  return { status: 'measured', part: BigInt(value * 100), whole: 100n, share: value }
}
const all = (value: number): CertifiedMeasures => {
  return { value: share(value), count: share(value), units: share(value), users: share(value) }
}

describe('publish', () => {
  it('gives L0 at the default options with its range over the grid', () => {
    const published = publish(all(0.4), [all(0.3), all(0.5), all(0.4)], '')
    for (const measure of measures)
      expect(published[measure].L0).toEqual({ status: 'measured', low: 0.3, mid: 0.4, high: 0.5 })
  })

  it('keeps the middle inside the range even where the grid does not reach it', () => {
    expect(publish(all(0.4), [all(0.5)], '').count.L0).toMatchObject({ low: 0.4, mid: 0.4, high: 0.5 })
    expect(publish(all(0.4), [], '').count.L0).toMatchObject({ low: 0.4, mid: 0.4, high: 0.4 })
  })

  it('gives each figure that is not measured its own reason, and never 0', () => {
    const absent = publish(null, [], 'no transfers')
    expect(absent.value.L0).toEqual({ status: 'unavailable', reason: 'no transfers' })
    const units: Certified = { status: 'unavailable', reason: 'no units' }
    const without = publish({ ...all(0.1), units }, [], '')
    expect(without.units.L0).toEqual(units)
    expect(without.count.L0.status).toBe('measured')
    for (const figure of ['L1', 'P', 'U1', 'audited'] as const)
      expect(without.count[figure]).toMatchObject({ status: 'unavailable', reason: expect.stringMatching(/\w+ \w+/) })
  })
})

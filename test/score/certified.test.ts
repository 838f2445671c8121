import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AssetTotal, valueBasis } from '../../src/features/value.ts'
import { type Certified, certify, measures, type Reported, reportedUnits } from '../../src/score/certified.ts'
import type { PaymentMark } from '../../src/signals/signal.ts'

const BASE = 10n ** 13n

type Usage = { readonly consumer: number; readonly amount: bigint; readonly units: bigint; readonly self: boolean }

/** What an audit would hand over for these usages of one asset worth a dollar a unit. */
function reportedOf(usages: readonly Usage[]): Reported {
  const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n)
  const asset: AssetTotal = {
    chain: 'c',
    asset: 'token',
    symbol: 'T',
    decimals: 0,
    declared: true,
    price: { chain: 'c', asset: 'token', usd: '1', source: 'test' },
    usages: usages.length,
    withAmount: usages.length,
    overflowing: 0,
    total: sum(usages.map(({ amount }) => amount)),
    selfTotal: sum(usages.filter(({ self }) => self).map(({ amount }) => amount)),
  }
  return {
    usages: usages.length,
    assets: [asset],
    basis: valueBasis([asset]),
    units: sum(usages.map(({ units }) => units)),
    unitsReason: '',
    consumers: {
      consumer_index: Int32Array.from(usages, ({ consumer }) => consumer),
      units_a: BigInt64Array.from(usages, ({ units }) => units / BASE / BASE),
      units_b: BigInt64Array.from(usages, ({ units }) => (units / BASE) % BASE),
      units_c: BigInt64Array.from(usages, ({ units }) => units % BASE),
    },
  }
}
const mark = (usage: number, level: PaymentMark['level'], returned = 0n): PaymentMark => {
  return { usage, level, returned, returns: [] }
}
const selfMarks = (usages: readonly Usage[]) => usages.flatMap(({ self }, i) => (self ? [mark(i, 'W0')] : []))
const returned = (marks: readonly PaymentMark[]) => marks.map((one) => ({ chain: 'c', asset: 'token', mark: one }))
const part = (certified: Certified | undefined) => (certified?.status === 'measured' ? certified.part : null)
const use = (consumer: number, fields: Partial<Usage> = {}): Usage => {
  return { consumer, amount: 10n, units: 1n, self: false, ...fields }
}

describe('certify', () => {
  it('holds W0 inside W1 inside the whole, by every measure', () => {
    const arbitraryUsage = fc.record({
      consumer: fc.integer({ min: -1, max: 4 }),
      amount: fc.bigInt({ min: 1n, max: 10n ** 30n }),
      units: fc.bigInt({ min: 0n, max: 10n ** 30n }),
      self: fc.boolean(),
      returned: fc.option(fc.integer({ min: 0, max: 100 }), { nil: null }),
    })
    fc.assert(
      fc.property(fc.array(arbitraryUsage, { minLength: 1, maxLength: 20 }), (usages) => {
        const marks = usages.flatMap(({ returned: share, self, amount }, i) =>
          share === null || self ? [] : [mark(i, share >= 90 ? 'W1' : 'none', (amount * BigInt(share)) / 100n)],
        )
        const { W0, W1 } = certify(reportedOf(usages), selfMarks(usages), returned(marks))
        for (const measure of measures) {
          const [self, loop] = [W0[measure], W1?.[measure]]
          if (self.status === 'unavailable' || loop?.status !== 'measured') continue
          expect(self.whole).toBe(loop.whole)
          expect(self.part).toBeLessThanOrEqual(loop.part)
          expect(loop.part).toBeLessThanOrEqual(loop.whole)
          expect(self.share).toBeLessThanOrEqual(loop.share)
          expect(loop.share).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it('counts by value what came back, and by count what came back nearly whole', () => {
    const usages = [use(0), use(0), use(0, { self: true }), use(0)]
    const { W0, W1 } = certify(
      reportedOf(usages),
      selfMarks(usages),
      returned([mark(0, 'W1', 9n), mark(1, 'none', 5n)]),
    )
    expect([part(W0.value), part(W1?.value)]).toEqual([10n * 10n ** 18n, 24n * 10n ** 18n])
    expect([part(W0.count), part(W1?.count)]).toEqual([1n, 2n])
  })

  it('gives a user the rung that covers half of its usage, and none below half', () => {
    const usages = [use(0), use(0), use(1), use(1), use(1), use(2, { self: true })]
    const { W0, W1 } = certify(
      reportedOf(usages),
      selfMarks(usages),
      returned([mark(0, 'W1', 10n), mark(2, 'W1', 10n)]),
    )
    expect(W0.users).toMatchObject({ part: 1n, whole: 3n })
    expect(W1?.users).toMatchObject({ part: 2n, whole: 3n })
  })

  it('adds rungs up for a user: self-payments and returned payments together', () => {
    const usages = [use(0, { self: true }), use(0), use(0), use(0)]
    const { W0, W1 } = certify(reportedOf(usages), selfMarks(usages), returned([mark(1, 'W1', 10n)]))
    expect([part(W0.users), part(W1?.users)]).toEqual([0n, 1n])
  })

  it('leaves usage without a known consumer out of the users alone', () => {
    const usages = [use(-1, { self: true }), use(0)]
    const { W0 } = certify(reportedOf(usages), selfMarks(usages), [])
    expect(W0.users).toMatchObject({ part: 0n, whole: 1n })
    expect(W0.count).toMatchObject({ part: 1n, whole: 2n })
  })

  it('adds units up exactly beyond 64 bits', () => {
    const units = 10n ** 37n + 1n
    const usages = [use(0, { units, self: true }), use(1, { units })]
    const { W0 } = certify(reportedOf(usages), selfMarks(usages), [])
    expect(W0.units).toMatchObject({ part: units, whole: 2n * units, share: 0.5 })
  })

  it('has no W1 where transfers were not looked at, which is not a W1 of nothing', () => {
    const usages = [use(0)]
    expect(certify(reportedOf(usages), [], null).W1).toBeNull()
    expect(certify(reportedOf(usages), [], []).W1?.count).toMatchObject({ status: 'measured', part: 0n })
  })

  it('says why a measure is not there', () => {
    const none = certify({ ...reportedOf([]), units: null, unitsReason: 'because' }, [], []).W0
    expect(none.count).toEqual({ status: 'unavailable', reason: 'no usage was counted' })
    expect(none.units).toEqual({ status: 'unavailable', reason: 'because' })
    expect(none.users).toEqual({ status: 'unavailable', reason: 'no usage names its consumer' })
    expect(none.value.status).toBe('unavailable')
  })
})

describe('reportedUnits', () => {
  it('adds the halves, and does not add units of different kinds', () => {
    const totals = { with_units: 2n, unit_kinds: 1n, units_high: 3n, units_low: 4n }
    expect(reportedUnits(totals)).toEqual({ units: 3n * 10n ** 18n + 4n, reason: '' })
    expect(reportedUnits({ ...totals, unit_kinds: 2n }).units).toBeNull()
    expect(reportedUnits({ ...totals, with_units: 0n })).toEqual({ units: null, reason: 'no usage says its units' })
  })
})

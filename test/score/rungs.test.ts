import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unmerged } from '../../src/clusters/entity-map.ts'
import { valueBasis } from '../../src/features/value.ts'
import { certify, type Measure, measures, type Reported } from '../../src/score/certified.ts'
import { buildLadder } from '../../src/score/ladder.ts'
import { LINKED, NAMED, ORGANIC, paymentMasks, RETURNED, SELF } from '../../src/score/payment-masks.ts'
import { checkLadder, IncoherentError, measureRungs } from '../../src/score/rungs.ts'

type Usage = {
  readonly amount: bigint
  readonly units: bigint
  readonly consumer: number
  readonly self: boolean
  readonly linked: boolean
  readonly named: boolean
  readonly organic: boolean
  readonly stops: boolean
  /** In percent of the amount. */
  readonly returned: number
}
const HALF = 10n ** 18n
const BASE = 10n ** 13n

const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n)

function reportedOf(usages: readonly Usage[]): Reported {
  const asset = {
    ...{ chain: 'c', asset: 'token', symbol: 'T', decimals: 20, declared: true, overflowing: 0 },
    price: { chain: 'c', asset: 'token', usd: '1.7', source: 'test' },
    ...{ usages: usages.length, withAmount: usages.length },
    total: sum(usages.map(({ amount }) => amount)),
    selfTotal: sum(usages.map(({ amount, self }) => (self ? amount : 0n))),
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

/** Each usage has a payer and a payee of its own, so that anything can be true of it. */
function rungsOf(usages: readonly Usage[]) {
  const reported = reportedOf(usages)
  const returned = usages.flatMap(({ returned: share, self, amount }, usage) =>
    share === 0 || self
      ? []
      : [
          {
            ...{ chain: 'c', asset: 'token' },
            mark: {
              ...{ usage, returns: [], returned: (amount * BigInt(share)) / 100n },
              level: share >= 90 ? ('W1' as const) : ('none' as const),
            },
          },
        ],
  )
  const n = usages.length
  const masks = paymentMasks({
    self: Int32Array.from(usages.keys()).filter((usage) => usages[usage]!.self),
    returned: returned.filter(({ mark }) => mark.level === 'W1').map(({ mark }) => mark.usage),
    payments: {
      payer: Int32Array.from(usages.keys()),
      payee: Int32Array.from(usages, ({ linked }, usage) => (linked ? usage : n)),
    },
    entities: unmerged(n + 1),
    passes: Uint8Array.from(usages, ({ named }) => Number(named)),
    certified: Uint8Array.from(usages, ({ organic }) => Number(organic)),
    stops: Int32Array.from(usages.keys()).filter((usage) => usages[usage]!.stops),
  })
  const totals = usages.map(({ amount, units }, usage) => ({
    ...{ mask: masks[usage]!, chain: 'c', asset: 'token', usages: 1n },
    ...{ high: amount / HALF, low: amount % HALF, units_high: units / HALF, units_low: units % HALF },
  }))
  const selfMarks = usages.flatMap(({ self }, usage) =>
    self ? [{ usage, level: 'W0' as const, returned: 0n, returns: [] }] : [],
  )
  const { W0, W1 } = certify(reported, selfMarks, returned)
  return { W0, W1: W1!, rungs: measureRungs({ reported, totals, masks, returned }), masks, reported, totals, returned }
}

const usage = (fields: Partial<Usage> = {}): Usage => ({
  ...{ amount: 1000n * 10n ** 20n, units: 1n, consumer: 0, self: false, linked: false, named: false },
  ...{ organic: false, stops: false, returned: 0, ...fields },
})
const anyUsage = fc.record({
  amount: fc.bigInt({ min: 1n, max: 10n ** 37n }),
  units: fc.bigInt({ min: 1n, max: 10n ** 30n }),
  consumer: fc.integer({ min: -1, max: 3 }),
  ...{ self: fc.boolean(), linked: fc.boolean(), named: fc.boolean(), organic: fc.boolean(), stops: fc.boolean() },
  returned: fc.constantFrom(0, 0, 40, 89, 90, 100),
})

const noStops = { W4: {} as never, counter: { status: 'unavailable', reason: '' }, reason: '' } as const

const partOf = (of: { readonly [measure in Measure]: { readonly status: string } }, measure: Measure) => {
  const figure = of[measure] as { readonly status: string; readonly part?: bigint }
  return figure.part ?? -1n
}

describe('the rungs', () => {
  it('hold one another by every measure, are apart from what is organic, and are the whole with the rest', () => {
    fc.assert(
      fc.property(fc.array(anyUsage, { minLength: 1, maxLength: 12 }), (usages) => {
        const { W0, W1, rungs } = rungsOf(usages)
        checkLadder(W1, rungs)
        const ladder = buildLadder({ W0, W1, rungs, ...noStops })
        const part = (level: string, measure: Measure) => partOf(ladder.find((rung) => rung.level === level)!, measure)
        for (const measure of measures) {
          if (rungs.W3[measure].status === 'unavailable') continue
          const parts = ['W0', 'W1', 'W2', 'W3'].map((level) => part(level, measure))
          expect(parts).toEqual([...parts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)))
          expect(part('undetermined', measure)).toBeGreaterThanOrEqual(0n)
          const whole = rungs.W3[measure].whole
          expect(part('W3', measure) + part('organic', measure) + part('undetermined', measure)).toBe(whole)
          expect(part('W3', measure) + partOf(rungs.W4, measure)).toBeLessThanOrEqual(whole)
        }
      }),
    )
  })

  it('count a linked or named payment whole, of another what came back, of an organic one what did not', () => {
    const { rungs } = rungsOf([
      usage({ linked: true, returned: 40 }),
      usage({ named: true, returned: 90 }),
      usage({ returned: 40 }),
      usage({ organic: true, returned: 40 }),
      usage(),
    ])
    const value = (name: 'W2' | 'W3' | 'organic') => Number(partOf(rungs[name], 'value') / (17n * HALF)) / 100
    expect([value('W2'), value('W3'), value('organic')]).toEqual([2.7, 2.8, 0.6])
    const counts = [rungs.W2, rungs.W3, rungs.organic].map((rung) => partOf(rung, 'count'))
    expect(counts).toEqual([2n, 2n, 1n])
  })

  it('move none of the others where usage stops at a target, and hold of it what is not marked and did not come back', () => {
    const usages = [usage({ stops: true, named: true }), usage({ stops: true, returned: 40 }), usage(), usage()]
    const [{ rungs, W0, W1 }, without] = [rungsOf(usages), rungsOf(usages.map((one) => ({ ...one, stops: false })))]
    expect({ W0, W1, ...rungs, W4: null }).toEqual({ W0: without.W0, W1: without.W1, ...without.rungs, W4: null })
    expect(Number(partOf(rungs.W4, 'value') / (17n * HALF)) / 100).toBe(0.6)
    expect([partOf(rungs.W4, 'count'), partOf(without.rungs.W4, 'count')]).toEqual([1n, 0n])
    const organic = rungsOf([usage({ organic: true, stops: true })])
    expect([partOf(organic.rungs.organic, 'users'), partOf(organic.rungs.W4, 'users')]).toEqual([1n, 1n])
  })

  it('say of a payment all that holds, and organic only where nothing else does', () => {
    const { masks } = rungsOf([
      usage({ self: true, linked: true, organic: true }),
      usage({ returned: 100, named: true }),
      usage({ organic: true }),
      usage({ organic: true, returned: 50 }),
    ])
    expect([...masks]).toEqual([SELF | LINKED, RETURNED | NAMED, ORGANIC, ORGANIC])
  })

  it('give a user to the organic only where it is not to be given to W3', () => {
    const { rungs } = rungsOf([
      ...[usage({ consumer: 0, named: true }), usage({ consumer: 0, organic: true })],
      ...[usage({ consumer: 1, organic: true }), usage({ consumer: 1 })],
    ])
    expect([partOf(rungs.W3, 'users'), partOf(rungs.organic, 'users')]).toEqual([1n, 1n])
  })

  it('are refused where they do not add up to what was reported', () => {
    const { reported, totals, masks, returned } = rungsOf([usage(), usage({ amount: 5n })])
    const inputs = { reported, masks, returned }
    expect(() => measureRungs({ ...inputs, totals: totals.slice(1) })).toThrow(IncoherentError)
    const short = totals.map((row) => ({ ...row, low: (row.low as bigint) + 1n }))
    expect(() => measureRungs({ ...inputs, totals: short })).toThrow(/contradicts itself/)
  })

  it('are refused where one holds less than the one before it', () => {
    const { W1, rungs } = rungsOf([usage({ linked: true }), usage()])
    expect(() => checkLadder(rungs.W3, { ...rungs, W2: W1 })).toThrow(IncoherentError)
  })
})

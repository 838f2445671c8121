import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Binned, bootstrapBunching, bunchingEstimate } from '../../src/statistics/bunching-estimate.ts'
import { randomStream } from '../../src/statistics/random.ts'

/**
 * The example data of the R package bunching 0.8.6 around 10,000, made once more by its recipe (data-raw/simulate_data.R,
 * mavpanos/bunching @2a6e7cc) with R's own stream: Mersenne Twister, `set.seed(100)`, whose first two `runif` are
 * 0.30776611 and 0.25767250. Bins of 50.
 */
const kink = counts(
  '380 385 370 385 355 335 375 380 355 330 345 370 325 365 345 355 305 330 355 290 975 335 325 325 305 295 315 320 265',
  '270 270 255 255 255 275 250 235 240 265 235 245',
)
/** Its second example: diffuse mass two bins around the kink. Its third: mass at multiples of 250 and of 500. */
const diffuse = kink.map(
  (count, bin) =>
    count +
    (new Map([
      [18, 190],
      [19, 80],
      [21, 80],
      [22, 80],
    ]).get(bin) ?? 0),
)
const round = [275, 135, 260, 120, 0, 130, 270, 140, 230]
const heaped = kink.map((count, bin) => count + (bin % 5 === 0 ? round[bin / 5]! : 0))
const notch = counts(
  '385 380 410 355 395 395 430 380 400 355 400 430 360 370 410 400 345 360 360 395 375 390 370 390 355 325 390 400 360',
  '330 350 395 330 395 365 385 305 350 390 295 1990 170 210 265 235 220 250 260 265 275 280 265 270 275 240 275 260 270',
  '240 265 290 240 290 240 280 270 280 275 250 300 265 255 280 320 285 280 305 295 300 215 255',
)
const common = { target: 20, below: 0, above: 0, degree: 4, form: 'kink', corrected: null } as const
const marks = (marked: (bin: number) => boolean) => Uint8Array.from({ length: 41 }, (_, bin) => +marked(bin))

describe('bunchingEstimate', () => {
  /**
   * By numpy 2.4.6, after the procedure of the package: np.linalg.lstsq of the counts on powers of the bin and a dummy for
   * each bin of the window; corrected: counts above the target times 1 + B/Σ, until B falls by less than 1,
   * which is short of the limit by less than .5 % here.
   */
  it.each<[string, Partial<Binned> & { readonly counts: Float64Array }, number, number]>([
    ['a kink', { counts: kink }, 649.2658, 1.993238],
    ['a kink, corrected', { counts: kink, corrected: 'above' }, 630.9008, 1.833485],
    ['a diffuse kink', { counts: diffuse, below: 2, above: 2 }, 1085.044, 3.338687],
    ['a diffuse kink, corrected', { counts: diffuse, below: 2, above: 2, corrected: 'above' }, 955.262, 2.72195],
    ['round numbers let be', { counts: heaped }, 615.5673, 1.712608],
    [
      'round numbers held apart',
      { counts: heaped, levels: [marks((bin) => bin % 10 === 0), marks((bin) => bin % 10 === 5)] },
      395.0712,
      0.681241,
    ],
    ['a notch', { counts: notch, target: 40, above: 14, degree: 5, form: 'notch' }, 1667.7517, 5.175361],
  ])('agrees with the example of the R package on %s', (_, binned, excess, ratio) => {
    const found = bunchingEstimate({ ...common, ...binned })
    expect(Math.abs(found.excess / excess - 1)).toBeLessThan(0.005)
    expect(Math.abs(found.ratio / ratio - 1)).toBeLessThan(0.005)
  })

  it('finds what was added to a polynomial, whatever its shape', () => {
    const shape = fc.record({
      curve: fc.array(fc.double({ min: -40, max: 40, noNaN: true }), { minLength: 1, maxLength: 6 }),
      added: fc.double({ min: 0, max: 500, noNaN: true }),
    })
    fc.assert(
      fc.property(shape, ({ curve, added }) => {
        const smooth = Float64Array.from({ length: 41 }, (_, bin) =>
          curve.reduce((total, factor, k) => total + factor * (bin / 20 - 1) ** k, 300),
        )
        const counted = smooth.map((count, bin) => count + (bin === 20 ? added : 0))
        const { excess, weights } = bunchingEstimate({ ...common, counts: counted, above: 2, degree: 6 })
        expect(excess).toBeCloseTo(added, 6)
        expect(weights.reduce((total, weight, bin) => total + weight * counted[bin]!, 0)).toBeCloseTo(excess, 6)
      }),
    )
  })

  it('has as much mass under the corrected curve as under the counts, whichever side it is put back on', () => {
    const total = (values: Float64Array) => values.reduce((sum, one) => sum + one, 0)
    const [above, below] = (['above', 'below'] as const).map((corrected) =>
      bunchingEstimate({ ...common, counts: kink, corrected }),
    )
    for (const { curve } of [above!, below!]) expect(total(curve)).toBeCloseTo(total(kink), 6)
    const mirrored = bunchingEstimate({ ...common, counts: kink.toReversed(), corrected: 'below' })
    expect(mirrored.excess).toBeCloseTo(above!.excess, 6)
    expect(below!.excess).not.toBeCloseTo(above!.excess, 0)
  })
})

describe('bootstrapBunching', () => {
  it('scatters around the estimate as far as the bins do around the curve', () => {
    const draws = bootstrapBunching({ ...common, counts: kink }, 400, randomStream(1, 'bunching'))
    const mean = draws.reduce((sum, one) => sum + one, 0) / draws.length
    const deviation = Math.sqrt(draws.reduce((sum, one) => sum + (one - mean) ** 2, 0) / draws.length)
    expect(mean).toBeCloseTo(1.993, 1)
    // Residuals of that fit scatter by 17.5 a bin, about 340: the target's bin alone counts all the same.
    expect(deviation).toBeGreaterThan(0.03)
    expect(deviation).toBeLessThan(0.07)
  })
})

function counts(...lines: readonly string[]): Float64Array {
  return Float64Array.from(lines.join(' ').split(' '), Number)
}

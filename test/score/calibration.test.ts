import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  calibrationScores,
  encodeSteps,
  LEAST_ENTITIES,
  ORDINARY,
  STRATA,
  signalsHash,
  stepOf,
  stratumOf,
} from '../../src/score/calibration.ts'
import { calibrationTable } from '../../src/score/calibration-table.ts'
import { signals } from '../../src/signals/index.ts'

describe('a calibration', () => {
  it('keeps every score with its stratum, with and without one class', () => {
    const counts = fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 1, max: 90 })), { maxLength: 6 })
    fc.assert(
      fc.property(fc.array(counts, { minLength: STRATA.length, maxLength: STRATA.length }), (strata) => {
        const texts = strata.map((pairs) => encodeSteps(new Map(pairs)))
        const found = calibrationScores({ signals: '', worlds: 1, check: '', classes: { a: texts, b: texts } })
        const half = calibrationScores({ signals: '', worlds: 1, check: '', classes: { a: texts, b: texts } }, 'b')
        strata.forEach((pairs, stratum) => {
          const once = [...new Map(pairs)].sort(([a], [b]) => a - b)
          const all = (times: number) => once.flatMap(([step, n]) => new Array<number>(times * n).fill(step))
          expect([...found[stratum]!]).toEqual(all(2))
          expect([...half[stratum]!]).toEqual(all(1))
        })
      }),
    )
  })

  it('rounds scores down to steps that keep their order', () => {
    expect([stepOf(-30), stepOf(-10), stepOf(0), stepOf(0.0499), stepOf(0.05)]).toEqual([0, 0, 200, 200, 201])
    expect(stepOf(1_700)).toBeLessThan(36 ** 3)
  })

  it('puts an entity into the stratum of its payments', () => {
    expect([1, 2, 3, 9, 10, 49, 50, 1e6].map(stratumOf)).toEqual([0, 0, 1, 1, 2, 2, 2, 2])
  })

  it('holds for signals as they are declared: another option or statistic is another calibration, the order is not', () => {
    const hash = signalsHash(signals)
    expect(signalsHash([...signals].reverse())).toBe(hash)
    const at = signals.findIndex(({ nullModel }) => nullModel.name !== 'certificate')
    const changed = { ...signals[at]!, options: { ...signals[at]!.options, another: 1 } }
    expect(signalsHash(signals.with(at, changed))).not.toBe(hash)
    expect(signalsHash(signals.toSpliced(at, 1))).not.toBe(hash)
    const certificate = signals.findIndex(({ nullModel }) => nullModel.name === 'certificate')
    expect(signalsHash(signals.toSpliced(certificate, 1))).toBe(hash)
  })
})

describe('the calibration that ships', () => {
  // Empty until `npm run calibrate` has run; an audit has no L1 then, and says so.
  it.runIf(calibrationTable.worlds > 0)('has enough entities in every stratum, also without any one class', () => {
    const classes = Object.keys(calibrationTable.classes)
    expect(classes).toContain(ORDINARY)
    expect(classes.length).toBeGreaterThanOrEqual(13)
    for (const without of [undefined, ...classes.filter((name) => name !== ORDINARY)]) {
      for (const scores of calibrationScores(calibrationTable, without))
        expect(scores.length).toBeGreaterThanOrEqual(LEAST_ENTITIES)
    }
  })
})

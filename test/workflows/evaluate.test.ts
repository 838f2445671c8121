import { beforeAll, describe, expect, it } from 'vitest'
import { type Evaluation, evaluate } from '../../src/workflows/evaluate.ts'
import { evaluateControls } from '../../src/workflows/evaluate-controls.ts'
import { evaluateWorld } from '../../src/workflows/evaluate-world.ts'
import { renderControls } from '../../src/workflows/render-controls.ts'
import { renderEvaluation } from '../../src/workflows/render-evaluation.ts'

const options = { shares: [0.2], firstSeed: 1001, seeds: 1, records: 12_000 }

let evaluation: Evaluation
beforeAll(async () => {
  evaluation = await evaluate({ ...options, scenarios: ['market', 'A0'] })
}, 60_000)

describe('an evaluation', () => {
  it('knows how much of the value is wash usage, and that L0 is a floor of it', () => {
    const [market, selfPay] = evaluation.scenarios
    expect(market).toMatchObject({ scenario: 'market', share: 0, wash: 0, certifiable: 0, isFloor: 1 })
    expect(market!.L0).toEqual({ mean: 0, low: 0, high: 0 })
    expect(selfPay!.wash).toBeCloseTo(0.2, 3)
    // All that this adversary does is a payment to itself or comes straight back.
    expect(selfPay!.certifiable).toBeCloseTo(0.2, 3)
    expect(selfPay!.L0!.mean).toBeCloseTo(0.2, 2)
    expect(selfPay!.certificate).toEqual({ precision: 1, recall: 1 })
  })

  it('counts every honest class once, the worst first, none with a certificate', () => {
    const { controls } = evaluation
    expect(controls.length).toBeGreaterThanOrEqual(13)
    expect(new Set(controls.map(({ control }) => control)).size).toBe(controls.length)
    const rates = controls.map(({ owners }) => owners.flagged / owners.of)
    expect(rates).toEqual([...rates].sort((a, b) => b - a))
    for (const { payments } of controls) {
      expect(payments.flagged).toBe(0)
      // Two worlds in which nothing was flagged bound the share of worlds alone.
      expect(payments).toMatchObject({ by: 'exact, by world' })
      expect(payments.upper).toBeCloseTo(1 - 0.05 ** (1 / 2), 9)
    }
  })

  it('counts every payer once, by what it is, and how often each signal marks it', () => {
    const { kinds, signals, scenarios } = evaluation
    expect(kinds.A0!.of).toBeGreaterThan(0)
    expect(kinds['no control']!.certified).toBeGreaterThan(0)
    for (const { of, named, certified } of Object.values(kinds)) {
      expect(named).toBeLessThanOrEqual(of)
      expect(certified + named).toBeLessThanOrEqual(of)
    }
    expect(Object.keys(signals)).toContain('funder-link')
    for (const { tested, at05, at01 } of Object.values(signals).flatMap((rates) => Object.values(rates))) {
      expect(at01).toBeLessThanOrEqual(at05)
      expect(at05).toBeLessThanOrEqual(tested)
    }
    const [market, selfPay] = scenarios
    expect(market!.score.gateRecall).toBeNaN()
    expect(selfPay!.score.gateRecall).toBeGreaterThanOrEqual(0)
    expect(selfPay!.score.U1).toMatchObject({ holds: 1 })
    expect(selfPay!.score.U1!.mid).toBeGreaterThan(selfPay!.wash)
  })

  it('is the same each time but for its timings', async () => {
    const once = async () => ({
      ...(await evaluateWorld({ scenario: 'A1', seed: 7, share: 0.2, records: 10_000, days: 90 })),
      ms: null,
    })
    expect(await once()).toEqual(await once())
  })

  it('is written with its command and with what it does not know', () => {
    const text = renderEvaluation(evaluation, 'A machine.', 'washboard eval --seeds 1')
    expect(text).toContain('Made by `washboard eval --seeds 1`')
    expect(text).toMatch(/\| A0 \| 20 % \| 1 \| 20 % \|/)
    for (const { control } of evaluation.controls) expect(text).toContain(`| ${control} |`)
    for (const signal of Object.keys(evaluation.signals)) expect(text).toContain(`| ${signal} |`)
    expect(text).not.toMatch(/NaN|undefined|Infinity/)
  })
})

describe('an evaluation of honest classes alone', () => {
  it('counts the owners of each class in worlds of different seeds, and says what they are too few for', async () => {
    const seen: number[] = []
    const evaluation = await evaluateControls({
      ...{ scenarios: ['market', 'A1'], share: 0.2, firstSeed: 5, seeds: 1, records: 10_000 },
      progress: (done, total) => seen.push(done / total),
    })
    expect(seen).toEqual([0.5, 1])
    expect(evaluation.controls.length).toBeGreaterThanOrEqual(13)
    for (const { owners, worlds, flaggedWorlds } of evaluation.controls) {
      expect(worlds).toBe(2)
      expect(owners.of).toBeGreaterThan(0)
      expect(flaggedWorlds > 0).toBe(owners.flagged > 0)
    }
    const launches = evaluation.controls.find(({ control }) => control === 'launch-tester')
    expect(launches?.owners).toMatchObject({ flagged: 0 })
    const text = renderControls(evaluation, 'A machine.', 'washboard eval --clusters-only')
    expect(text).toContain('2 simulated markets, each with a seed of its own from 5 on')
    expect(text).toMatch(/Fewer than 1,000 owners: .*employer/)
    expect(text).not.toMatch(/NaN|undefined|Infinity/)
  }, 60_000)
})

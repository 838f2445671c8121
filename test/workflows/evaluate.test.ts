import { beforeAll, describe, expect, it } from 'vitest'
import { type Evaluation, evaluate } from '../../src/workflows/evaluate.ts'
import { evaluateWorld } from '../../src/workflows/evaluate-world.ts'
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
      expect(payments.upper).toBeCloseTo(1 - 0.05 ** (1 / payments.of), 9)
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

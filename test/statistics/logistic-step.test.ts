import { describe, expect, it } from 'vitest'
import { type BinaryDesign, linearPredictor, logisticStep } from '../../src/statistics/logistic-step.ts'

const design: BinaryDesign = { width: 2, offsets: Int32Array.of(0, 1, 3), columns: Uint8Array.of(0, 0, 1) }

function fit(weights: Float64Array, targets: Float64Array, ridge: number): Float64Array {
  let beta: Float64Array = new Float64Array(2)
  for (let step = 0; step < 40; step++) beta = logisticStep(design, weights, targets, beta, ridge)
  return beta
}

describe('logisticStep', () => {
  it('converges to the published odds ratio of the Physicians’ Health Study', () => {
    // Agresti, Categorical Data Analysis, table 2.3: 104 of 11,037 with aspirin, 189 of 11,034 without; ratio 1.832.
    const beta = fit(Float64Array.of(11037, 11034), Float64Array.of(104, 189), 0)
    expect(Math.exp(beta[1]!)).toBeCloseTo(1.832, 3)
    expect(beta[0]).toBeCloseTo(Math.log(104 / (11037 - 104)), 9)
  })

  it('makes the gradient of the penalised likelihood vanish, the intercept being free', () => {
    const [weights, targets] = [Float64Array.of(50, 70), Float64Array.of(12.5, 40.25)]
    const beta = fit(weights, targets, 2)
    const p = linearPredictor(design, beta).map((eta) => 1 / (1 + Math.exp(-eta)))
    const residual = targets.map((value, row) => value - weights[row]! * p[row]!)
    expect(residual[0]! + residual[1]!).toBeCloseTo(0, 7)
    expect(residual[1]! - 2 * beta[1]!).toBeCloseTo(0, 7)
  })

  it('moves no coefficient by more than 1', () => {
    const beta = logisticStep(design, Float64Array.of(1e6, 1e6), Float64Array.of(0, 1e6), new Float64Array(2), 0)
    for (const value of beta) expect(Math.abs(value)).toBeLessThanOrEqual(1)
  })
})

import { describe, expect, it } from 'vitest'
import type { Signal } from '../../src/signals/signal.ts'
import { valueReturn } from '../../src/signals/value-return.ts'
import { adaptive, type Detector } from '../../src/simulation/index.ts'
import { measureSignal } from '../support/measure-signal.ts'
import { marked, plantedAs } from '../support/test-signal.ts'

const world = { services: 4, consumers: 10, days: 30 }

/** Share of planted payments that the signal certifies. */
const certified: Detector = async (market) => {
  const planted = plantedAs('ring')(market)
  const found = new Set(marked(await measureSignal(valueReturn as unknown as Signal, market.facts)))
  return planted.filter((id) => found.has(id)).length / planted.length
}

describe('adaptive', () => {
  it('finds its way around a signal that certifies all of its plainest tactic, and pays for it less than the reward', async () => {
    const adapted = await adaptive({ seed: 1, ...world }, certified, { queries: 15 })
    expect(adapted.first).toBe(1)
    expect(adapted.score).toBe(0)
    expect(await certified(adapted.market)).toBe(0)
    expect(adapted.cost).toBeLessThan(0.1)
  }, 120_000)

  it('asks no more often than it may, and never for what does not pay', async () => {
    const costs: number[] = []
    const asked: Detector = (market) =>
      costs.push([...market.truth.payments.values()].filter(({ adversary }) => adversary).length)
    await adaptive({ seed: 2, ...world }, asked, { queries: 30, reward: 0.003 })
    expect(costs.length).toBeGreaterThan(0)
    expect(costs.length).toBeLessThanOrEqual(30)
    // Camouflage costs more than this reward: nobody but the ring itself is paid.
    expect(Math.max(...costs)).toBe(60)
  })

  it('stays with the cheapest where nothing lowers the score, and does the same for the same seed', async () => {
    const blind = () => 0.5
    const adapted = await adaptive({ seed: 3, ...world }, blind, { queries: 10 })
    expect(adapted.tactic).toMatchObject({ hops: 0, delay: 2, camouflage: 0 })
    expect(adapted.score).toBe(adapted.first)
    expect(await adaptive({ seed: 3, ...world }, blind, { queries: 10 })).toEqual(adapted)
  })
})

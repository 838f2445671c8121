import { describe, expect, it } from 'vitest'
import { marketOf, simulateProgramme } from '../../src/simulation/index.ts'
import { plantedRewards } from '../../src/workflows/pattern/planted-rewards.ts'
import { movesOf, purchasesOf } from '../support/simulated.ts'

const options = { seed: 5, users: 40, target: 6, stoppers: 0.3, padders: 0.1, racers: 0.1 }
const recording = simulateProgramme(options)
const { facts } = marketOf(recording)
const windows = (facts.windows ?? []).filter(({ programme }) => programme === 'weekly-target')
const purchases = purchasesOf(movesOf(recording))

describe('simulateProgramme', () => {
  it('gives the same market for the same options', () => {
    expect(marketOf(simulateProgramme(options)).facts).toEqual(facts)
  })

  it('counts in each window what its subject asked in it', () => {
    for (const { subject, from_time, to_time, counted } of windows.slice(0, 100)) {
      const asked = (facts.usage_events ?? []).filter(
        ({ consumer, timestamp }) => consumer === subject && timestamp >= from_time && timestamp < to_time,
      )
      expect(BigInt(asked.length)).toBe(counted)
    }
  })

  it('pays every window that reaches its target, and no other', () => {
    const reached = windows.filter(({ counted, target }) => target !== null && counted! >= target)
    expect(facts.rewards).toHaveLength(reached.length)
    expect(new Set(reached.map(({ reward }) => reward))).toEqual(new Set([5_000_000n]))
    expect(windows.filter(({ reward }) => reward !== null && reward > 0n)).toHaveLength(reached.length)
  })

  it('lets those who work for the target stop one after it while it pays, and ask as they need before and after', () => {
    const planted = new Set(purchases.filter(({ adversary }) => adversary === 'stopper').map(({ from }) => from))
    const subjects = new Set([...planted].map((wallet) => recording.addresses[wallet]))
    const own = windows.filter(({ subject }) => subjects.has(subject))
    expect(planted.size).toBeGreaterThan(3)
    for (const { target, counted } of own) if (target !== null) expect(counted).toBe(7n)
    const free = purchases.filter(({ from, adversary }) => planted.has(from) && adversary === null)
    expect(free.length).toBeGreaterThan(planted.size)
  })

  it('knows what each kind was paid', () => {
    const { W0, W4, together, all } = plantedRewards(recording)
    const kinds = (name: string) =>
      new Set(purchases.filter(({ adversary }) => adversary === name).map(({ from }) => from))
    expect([W0, W4]).toEqual([kinds('padder').size * 8 * 5e6, kinds('stopper').size * 8 * 5e6])
    expect([together, all]).toEqual([W0 + W4, (facts.rewards ?? []).length * 5e6])
    const levels = new Set(purchases.filter(({ adversary }) => adversary === 'padder').map(({ level }) => level))
    expect(levels).toEqual(new Set(['W0']))
  })
})

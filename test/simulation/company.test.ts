import { describe, expect, it } from 'vitest'
import { recordsOf, simulateScenario } from '../../src/simulation/index.ts'
import { movesOf } from '../support/simulated.ts'

const simulate = (share: number) => simulateScenario({ scenario: 'amazon', seed: 1, records: 30_000, share })

describe('a company with a target', () => {
  it.each([0.01, 0.05, 0.2, 0.5])('has %d of its tokens from programs that exist for the number', (share) => {
    const moves = movesOf(simulate(share))
    const all = moves.reduce((sum, { units }) => sum + units, 0)
    const gamed = moves.filter(({ level }) => level !== 'none')
    expect(gamed.reduce((sum, { units }) => sum + units, 0) / all).toBeCloseTo(share, 4)
    expect(new Set(gamed.map(({ level, adversary }) => `${level} ${adversary}`))).toEqual(new Set(['W4 amazon']))
  })

  it('is paid for by nobody, and knows teams and targets', () => {
    const recording = simulate(0.2)
    const moves = movesOf(recording)
    expect(recordsOf(recording)).toBe(moves.length)
    expect(moves.every(({ kind, amount, chain }) => kind === 'used' && amount === 0n && chain === 2)).toBe(true)
    const users = new Set(moves.map(({ from }) => recording.addresses[from]))
    expect(recording.links.map(({ subject }) => subject)).toEqual(expect.arrayContaining([...users]))
    expect(new Set(recording.windows.map(({ programme }) => programme))).toEqual(new Set(['leaderboard', 'weekly-use']))
    for (const { programme, target } of recording.windows) if (programme === 'weekly-use') expect(target).toBe(80n)
  })

  it('piles up just above the target while the leaderboard is shown, and not after it is taken down', () => {
    const recording = simulate(0.2)
    const leaderboard = recording.windows.filter(({ programme }) => programme === 'leaderboard')
    const until = Date.parse(recording.programmes[0]!.visibility!.replace('public until ', ''))
    const ratio = (shown: boolean) => {
      const counted = leaderboard
        .filter(({ from_time }) => from_time < until === shown)
        .map(({ counted, target }) => Number(counted) / Number(target))
      const within = (low: number, high: number) => counted.filter((part) => part >= low && part < high).length
      return within(1, 1.1) / (within(0.9, 1) + 1)
    }
    expect(ratio(true)).toBeGreaterThan(3)
    expect(ratio(false)).toBeLessThan(1.5)
  })

  it('counts in its windows what the users did', () => {
    const recording = simulate(0.2)
    const total = recording.windows
      .filter(({ programme }) => programme === 'leaderboard')
      .reduce((sum, { counted }) => sum + (counted ?? 0n), 0n)
    expect(total).toBe(movesOf(recording).reduce((sum, { units }) => sum + BigInt(units), 0n))
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  programmeId,
  stakingContracts,
  stakingProgrammes,
  stakingTerms,
  targetOf,
} from '../../src/protocols/olas-programmes.ts'

describe('staking programmes', () => {
  it('are each named once, with terms that can be met', () => {
    expect(new Set(stakingProgrammes.map(({ programme }) => programme)).size).toBe(stakingProgrammes.length)
    expect(stakingTerms.size).toBe(stakingProgrammes.length)
    for (const { chain, programme, url } of stakingProgrammes) {
      expect(programme).toMatch(/^eip155:\d+:0x[0-9a-f]{40}$/)
      expect(programme.startsWith(`${chain}:`)).toBe(true)
      expect(url).toMatch(/globals_\w+\.json$/)
      const { livenessRatio, rewardsPerSecond } = stakingTerms.get(programme)!
      expect(livenessRatio > 0n && rewardsPerSecond > 0n).toBe(true)
      expect(stakingContracts.has(programme)).toBe(true)
    }
  })

  it('have the daily targets that their operators publish', () => {
    const daily = (address: string, chain = 'eip155:100') =>
      targetOf(stakingTerms.get(programmeId(chain, address))!, 86_400n)
    expect(daily('0xdb9e2713c3da3c403f2ea6e570eb978b00304e9e')).toBe(60n)
    expect(daily('0x536d04dbd9a2310152a0d2d8d18dadfca8bb26b0')).toBe(16n)
    expect(daily('0xab10188207ea030555f53c8a84339a92f473aa5e')).toBe(7n)
    expect(daily('0x1e215da0541b4a77a66e21f17413a877b84ab129')).toBe(1n)
    expect(daily('0x38eb3838dab06932e7e1e965c6f922adfe494b88', 'eip155:8453')).toBe(5n)
    // This ratio is rounded up, so that forty on a day of exactly 86,400 seconds fail by a hair.
    expect(daily('0x5344b7dd311e5d3dddd46a4f71481bd7b05aaa3e')).toBe(41n)
  })
})

describe('target', () => {
  it('is the smallest count that the checker passes', () => {
    const terms = fc.record({ livenessRatio: fc.bigInt(1n, 10n ** 16n), seconds: fc.bigInt(1n, 10n ** 7n) })
    // As the activity checker has it: the count times 10^18 by the seconds, rounded down, against the ratio.
    const passes = (count: bigint, ratio: bigint, seconds: bigint) => (count * 10n ** 18n) / seconds >= ratio
    fc.assert(
      fc.property(terms, ({ livenessRatio, seconds }) => {
        const target = targetOf({ livenessRatio, rewardsPerSecond: 1n, counted: 'requests' }, seconds)
        expect(passes(target, livenessRatio, seconds)).toBe(true)
        expect(passes(target - 1n, livenessRatio, seconds)).toBe(false)
      }),
    )
  })
})

import { describe, expect, it } from 'vitest'
import { missingBlocks, withoutPayments, withoutTransfers } from '../../src/features/partial-economy.ts'
import { randomStream } from '../../src/statistics/random.ts'
import { draftEconomy, economyOf } from '../support/random-economy.ts'

const economy = economyOf(draftEconomy(randomStream(1, 'economy'), { payments: 100 }))

describe('parts of an economy', () => {
  it('keeps the number of every payment and forgets the parties of some', () => {
    const { payments } = withoutPayments(economy, (usage) => usage % 2 === 0)
    payments.payer.forEach((payer, usage) => {
      expect(payer).toBe(usage % 2 === 0 ? -1 : economy.payments.payer[usage])
    })
    expect(payments.amount).toBe(economy.payments.amount)
  })

  it('leaves transfers of a time out, the others whole and in their order', () => {
    const time = economy.transfers.time.map((at, row) => (row === 7 ? Number.NaN : at))
    const { transfers } = withoutTransfers(
      { ...economy, transfers: { ...economy.transfers, time } },
      (at) => at > 86_400_000 * 20,
    )
    const kept = [...time.keys()].filter((row) => !(time[row]! > 86_400_000 * 20))
    expect(kept).toContain(7)
    expect([...transfers.from]).toEqual(kept.map((row) => economy.transfers.from[row]))
    expect([...transfers.to]).toEqual(kept.map((row) => economy.transfers.to[row]))
    expect([...transfers.amount]).toEqual(kept.map((row) => economy.transfers.amount[row]))
  })

  it('misses a tenth of the time, in ten blocks of a hundredth, by seed', () => {
    const times = [...economy.transfers.time]
    const [first, last] = [Math.min(...times), Math.max(...times)]
    const missed = (seed: number) => {
      const isMissing = missingBlocks(economy, randomStream(seed, 'missing'))
      return Array.from({ length: 1_000 }, (_, i) => isMissing(first + ((last - first) * (i + 0.5)) / 1_000))
    }
    expect(missed(1).filter(Boolean)).toHaveLength(100)
    expect(missed(1)).toEqual(missed(1))
    expect(missed(2)).not.toEqual(missed(1))
    expect(missingBlocks(economy, randomStream(1, 'missing'))(Number.NaN)).toBe(false)
  })
})

import { describe, expect, it } from 'vitest'
import type { ProgrammeAccounts } from '../../src/clusters/programme-accounts.ts'
import { type Random, randomStream } from '../../src/statistics/random.ts'
import { selfFinancing } from '../../src/tokenmaxxing/self-financing.ts'
import { testPattern } from '../support/test-pattern.ts'

type Story = {
  readonly payers?: number
  readonly weeks?: number
  /** Log of reward by cost of the usual payer. */
  readonly margin?: number
  /** One week pays so many times as much. */
  readonly windfall?: number
  readonly winner?: boolean
}

/** Payers of very unequal size, of whom each has a margin of its own beside what differs from week to week. */
function story(random: Random, { payers = 60, weeks = 6, margin = 0, windfall = 1, winner = false }: Story = {}) {
  const rows: { entity: number; week: number; rewards: number; paid: number; fees: number }[] = []
  for (let entity = 0; entity < payers; entity++) {
    const isWinner = winner && entity === 0
    const own = isWinner ? 10 : margin + random.normal()
    const level = Math.exp(2 * random.normal())
    for (let week = 0; week < weeks; week++) {
      if (random.next() < 0.3) continue
      const cost = level * Math.exp(random.normal())
      const rewards = cost * Math.exp(own + 0.5 * random.normal()) * (week === 0 ? windfall : 1)
      const isInternal = random.next() < 0.2
      rows.push({ entity, week, rewards, paid: isInternal ? 0 : cost, fees: isInternal ? cost : 0 })
    }
  }
  const real = (column: 'rewards' | 'paid' | 'fees') => Float64Array.from(rows, (row) => row[column])
  const account = {
    ...{ protocol: 'acme', programme: 'weekly' },
    entity: Int32Array.from(rows, ({ entity }) => entity),
    week: Int32Array.from(rows, ({ week }) => week),
    ...{ rewards: real('rewards'), paid: real('paid'), fees: real('fees') },
  }
  return { accounts: { unit: 'USD', accounts: [account] } satisfies ProgrammeAccounts }
}

testPattern(selfFinancing, {
  draw: (random) => story(random),
  plant: (random) => story(random, { margin: 0.7 }),
  power: 0.85,
  traps: {
    'one-week': (random) => story(random, { margin: -0.5, windfall: 100 }),
    'one-winner': (random) => story(random, { winner: true, payers: 200 }),
  },
  untestable: {
    'prices of what was paid and rewarded': (random) => story(random, { payers: 0 }),
    'of 10 payers that were rewarded in 2 weeks or more': (random) => story(random, { weeks: 1 }),
  },
})

describe('H10', () => {
  it('is the sign test of payers, with what all were paid and paid away', () => {
    // Of ten payers with two weeks each nine gain, and one that was there for a week is left out.
    const rows = [...Array.from({ length: 20 }, (_, row) => ({ entity: row >> 1, rewards: row < 18 ? 3 : 1 }))]
    const account = {
      ...{ protocol: 'acme', programme: 'weekly' },
      entity: Int32Array.from([...rows, { entity: 10, rewards: 9 }], ({ entity }) => entity),
      week: Int32Array.from({ length: 21 }, (_, row) => row % 2),
      rewards: Float64Array.from([...rows, { entity: 10, rewards: 9 }], ({ rewards }) => rewards),
      ...{ paid: new Float64Array(21).fill(1.5), fees: new Float64Array(21).fill(0.25) },
    }
    const result = selfFinancing.measure(
      { accounts: { unit: 'USD', accounts: [account] } },
      { options: selfFinancing.options, random: randomStream(1, 'H10') },
    )
    if (result.status !== 'tested') throw new Error('not tested')
    expect(result.pValue).toBeCloseTo(11 / 1024, 12)
    expect(result.statement).toBe(
      '90 % [55.5, 99.7] of 10 payers that weekly rewarded in 2 weeks or more gained in most of them: all were rewarded with 56 USD for usage that cost 30 to others and 5 in fees on payments to themselves.',
    )
  })
})

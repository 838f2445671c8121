import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { adversaries } from '../../src/simulation/adversaries/index.ts'
import { controls } from '../../src/simulation/controls/index.ts'
import { marketOf, recordsOf, scenarios, simulateScenario } from '../../src/simulation/index.ts'
import type { Recording } from '../../src/simulation/recorder.ts'
import { loadSimulation } from '../../src/workflows/write-simulation.ts'
import { withLedger } from '../support/ledger-with.ts'
import { jsonOf } from '../support/measure-signal.ts'
import { scenarioOf } from '../support/simulated.ts'

const records = 20_000
const shares = [0.01, 0.05, 0.2, 0.5]
const dirty = Object.keys(adversaries)

function digestOf({ tape, ...rest }: Recording): string {
  const hash = createHash('sha256').update(jsonOf(rest))
  for (const column of Object.values(tape)) if (typeof column !== 'number') hash.update(column.subarray(0, tape.size))
  return hash.digest('hex')
}

describe('every scenario', () => {
  it('is one of those that were promised', () => {
    expect(scenarios).toEqual([
      'market',
      ...['A0', 'A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8', 'A10'],
      'mixed',
      'amazon',
    ])
    expect(Object.keys(controls)).toHaveLength(12)
  })

  it.each(scenarios)(
    '%s goes into a ledger by its columns as it does by its rows, without a row in conflict',
    async (scenario) => {
      const recording = simulateScenario({ scenario, seed: 3, records: 10_000 })
      const byRows = await withLedger(marketOf(recording).facts, async ({ ledger }) => ({
        hash: await ledger.hash(),
        rejects: await ledger.rows('reject-counts'),
      }))
      expect(byRows.rejects).toEqual([])
      await withLedger([], async ({ ledger }) => {
        await loadSimulation(ledger, recording)
        expect(await ledger.hash()).toBe(byRows.hash)
      })
    },
  )

  it.each(scenarios)(
    '%s is the same for the same seed, another for another, and about as large as was asked',
    (scenario) => {
      const recordings = [1, 1, 2].map((seed) => simulateScenario({ scenario, seed, records }))
      const [first, same, other] = recordings.map(digestOf)
      expect(same).toBe(first)
      expect(other).not.toBe(first)
      for (const recording of recordings) expect(Math.abs(recordsOf(recording) / records - 1)).toBeLessThan(0.2)
    },
  )

  it.each(scenarios.filter((scenario) => scenario !== 'amazon'))(
    '%s lets nobody spend what they have not',
    (scenario) => {
      const { moves, owner } = scenarioOf({ scenario })
      const balances = new Map<number, bigint>()
      const outside = /^(exchange \d|bridge|rewards|outside .*)$/
      const poor: string[] = []
      const add = (wallet: number, amount: bigint) => balances.set(wallet, (balances.get(wallet) ?? 0n) + amount)
      const tokens = moves.filter(({ kind, chain }) => kind !== 'native' && chain === 0)
      for (let i = 0; i < tokens.length; ) {
        // A block is looked at when it is over: its moves stand in no order here.
        const { at } = tokens[i]!
        const senders = new Set<number>()
        for (; i < tokens.length && tokens[i]!.at === at; i++) {
          const { from, to, amount } = tokens[i]!
          add(from, -amount)
          add(to, amount)
          senders.add(from)
        }
        for (const wallet of senders)
          if (balances.get(wallet)! < 0n && !outside.test(owner(wallet))) poor.push(`${owner(wallet)} on day ${at}`)
      }
      expect(poor).toEqual([])
    },
  )
})

describe('the share of wash usage', () => {
  it.each([...dirty, 'mixed'].flatMap((id) => shares.map((share) => [id, share] as const)))(
    'of %s is %d of the value that the network counts',
    (scenario, share) => {
      const { moves, purchases } = scenarioOf({ scenario, share })
      const refunded = new Set(moves.filter(({ kind }) => kind === 'refunded').map(({ usage }) => usage))
      let [all, wash] = [0n, 0n]
      for (const { usage, amount, level } of purchases) {
        if (refunded.has(usage)) continue
        all += amount
        if (level !== 'none') wash += amount
      }
      expect(Number(wash) / Number(all)).toBeCloseTo(share, 6)
      expect(wash).toBeGreaterThan(0n)
    },
  )

  it('of mixed falls to every adversary', () => {
    const { purchases } = scenarioOf({ scenario: 'mixed', share: 0.5 })
    const values = dirty.map((id) =>
      purchases
        .filter(({ adversary, level }) => adversary === id && level !== 'none')
        .reduce((sum, { amount }) => sum + Number(amount), 0),
    )
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    // Each reaches its step of the share of everything before it, so that the later have a little more to spend.
    for (const value of values) expect(Math.abs(Math.log(value / mean))).toBeLessThan(1)
  })
})

describe('the truth', () => {
  it('of a market without adversary is honest, each class in numbers that can be counted', () => {
    const { purchases, owner } = scenarioOf({ scenario: 'market', records: 100_000 })
    expect(purchases.every(({ level, adversary }) => level === 'none' && adversary === null)).toBe(true)
    for (const control of Object.keys(controls)) {
      const own = purchases.filter((purchase) => purchase.control === control)
      expect(own.length, control).toBeGreaterThan(500)
      expect(new Set(own.map(({ from }) => owner(from))).size, control).toBeGreaterThanOrEqual(2)
    }
    const plain = purchases.filter(({ control }) => control === null)
    expect(plain.length).toBeGreaterThan(purchases.length / 2)
  })

  it.each([
    ['A0', ['W0', 'W1']],
    ['A1', ['W1']],
    ['A2', ['W1']],
    ['A3', ['W2']],
    ['A4', ['W2', 'none']],
    ['A5', ['W4']],
    ['A6', ['W2']],
    ['A7', ['W2']],
    ['A8', ['W2']],
    ['A10', ['W1']],
  ])('of %s is on the rungs %j, by operators who are one entity', (scenario, rungs) => {
    const { purchases, owner } = scenarioOf({ scenario, share: 0.5 })
    const own = purchases.filter(({ adversary }) => adversary === scenario)
    expect([...new Set(own.map(({ level }) => level))].sort()).toEqual([...rungs].sort())
    for (const { from, to, level } of own) {
      expect(owner(from)).toMatch(`${scenario} operator`)
      // Only farms, and camouflage, pay strangers.
      if (level !== 'none' && level !== 'W4') expect(owner(to)).toBe(owner(from))
      else expect(owner(to)).not.toBe(owner(from))
    }
  })

  it('calls W0 what is paid to oneself, and nothing else', () => {
    for (const scenario of ['A0', 'mixed'])
      for (const { from, to, level } of scenarioOf({ scenario, share: 0.5 }).purchases)
        expect(level === 'W0').toBe(from === to)
  })
})

describe('rewards', () => {
  it('are a tenth of what each customer spent in a week, until the programme ends', () => {
    const { moves, purchases } = scenarioOf({ scenario: 'market' })
    const rewards = moves.filter(({ kind }) => kind === 'reward')
    expect(rewards.length).toBeGreaterThan(100)
    for (const { to, at, amount } of rewards.slice(0, 200)) {
      const ends = Math.floor(at / 7) * 7
      const spent = purchases
        .filter((purchase) => purchase.from === to && purchase.at >= ends - 7 && purchase.at < ends)
        .reduce((sum, purchase) => sum + purchase.amount, 0n)
      expect(amount).toBe(spent / 10n)
    }
    expect(Math.max(...rewards.map(({ at }) => at))).toBeLessThan(0.7 * 90 + 1)
    expect(Math.max(...purchases.map(({ at }) => at))).toBeGreaterThan(85)
  })
})

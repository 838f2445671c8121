import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../src/records/index.ts'
import { marketOf, simulateProgramme, simulateScenario } from '../../../src/simulation/index.ts'
import type { IncentiveSpan } from '../../../src/workflows/incentives/describe-span.ts'
import { type IncentiveOptions, incentives } from '../../../src/workflows/incentives/incentives.ts'
import { parseWhatIf } from '../../../src/workflows/incentives/what-if.ts'
import { plantedRewards } from '../../../src/workflows/pattern/planted-rewards.ts'
import { withLedger } from '../../support/ledger-with.ts'
import { DAY, programmeFacts } from '../../support/programme-facts.ts'

const lens = (facts: Facts, options: IncentiveOptions = {}) =>
  withLedger(facts, ({ ledger }) => incentives(ledger, options))
const whatIf = (...texts: string[]) => texts.map(parseWhatIf)
const amounts = ({ levels }: IncentiveSpan) =>
  levels.map(({ level, rewards }) => [level, rewards[0]!.amount]).filter(([, amount]) => amount !== '0')

describe('incentives', () => {
  it('gives each reward the level of the usage of its user, and says what that usage cost', async () => {
    const { programmes } = await lens(programmeFacts())
    const [{ whole, epochs, missing, countedAs, basis }] = programmes as [(typeof programmes)[number]]
    expect([countedAs, basis, whole.rewards[0]!.amount, whole.grants]).toEqual(['uses', 'windows', '107', 3])
    expect(amounts(whole)).toEqual([
      ['W0', '50'],
      ['undetermined', '50'],
      ['no usage', '7'],
    ])
    const [self, other] = whole.levels
    const asset = { chain: 'eip155:1', asset: '0xtoken', symbol: 'TOK', decimals: 0 }
    expect(self!.costs).toEqual([
      { asset, paid: '300', inside: '270', returned: '0', fees: '30', leakage: '0', unknown: 0 },
    ])
    expect(other!.costs).toEqual([
      { asset, paid: '200', inside: '0', returned: '0', fees: '10', leakage: '190', unknown: 0 },
    ])
    expect(self!.profit).toMatchObject({ unit: 'TOK', rewards: 50, cost: 30, selfFinancing: 50 / 30 })
    expect(self!.profit).toMatchObject({ breakEvenRate: { value: 10 }, breakEvenShare: { value: 0.6 } })
    expect(other!.profit).toMatchObject({ breakEvenRate: { value: 100 }, breakEvenShare: { value: 4 } })
    expect(missing.map(({ level }) => level)).toEqual(['W1', 'W2', 'W3', 'organic', 'W4'])
    expect(epochs.map(({ rewards, to }) => [rewards[0]!.amount, Date.parse(to) / DAY])).toEqual([
      ['7', 1],
      ['100', 2],
    ])
    const { together, L0, U1 } = whole.counter
    expect([together[0]!.amount, L0[0]!.amount, U1[0]!.amount]).toEqual(['50', '50', '107'])
  })

  it('moves those near a target where it pays, and nobody else', async () => {
    const { programmes } = await lens(programmeFacts(), { whatIf: whatIf('target=4', 'rate=0.5') })
    const [target, rate] = programmes[0]!.whatIf
    // 0xaa pays 4 × 10 for 50; 0xbb and 0xdd would pay 4 × 100; 0xee has no usage that tells a cost.
    expect(target).toMatchObject({
      counted: { before: 8, after: 8 },
      leakage: { before: { value: 50 }, after: { value: 50 } },
    })
    // 0xaa pays 3 × 10 for 25 and leaves, as do 0xbb and 0xdd.
    expect(rate).toMatchObject({ counted: { before: 8, after: 2 }, leakage: { after: { value: 0, low: 0 } } })
    if (target!.status !== 'measured') throw new Error('not measured')
    const after = Object.fromEntries(target!.levels.map((one) => [one.level, one.after]))
    expect(after).toMatchObject({ W0: 50, undetermined: 0, 'no usage': 7 })
    expect(target!.assumptions.join(' ')).toMatch(/within 2 of their target .* to end at 4 instead/)
  })

  it('compares rewards and costs in different assets by prices alone', async () => {
    const price = { chain: 'eip155:1', source: 'test' }
    const prices = [
      { ...price, asset: '0xtoken', usd: '2' },
      { ...price, asset: '0xother', usd: '10' },
    ]
    const [without, priced] = [await lens(programmeFacts('0xother')), await lens(programmeFacts('0xother'), { prices })]
    expect(without.programmes[0]!.whole.levels[0]!.profit).toEqual({
      status: 'unavailable',
      reason: 'rewards are in OTH and costs in TOK, and not both have a price; --prices gives them',
    })
    const { whole } = priced.programmes[0]!
    expect(whole.levels[0]!.profit).toMatchObject({ unit: 'USD', rewards: 500, cost: 60, breakEvenRate: { value: 20 } })
    expect(whole.rewards[0]!.usd).toBe('1070')
  })

  it('keeps windows that lie within its bounds whole', async () => {
    const whole = async (options: IncentiveOptions) =>
      (await lens(programmeFacts(), options)).programmes[0]!.epochs.map(({ rewards }) => rewards[0]!.amount)
    expect(await whole({ from: DAY })).toEqual(['100'])
    expect(await whole({ from: 0, to: 2 * DAY })).toEqual(['7', '100'])
    expect(await whole({ to: 2 * DAY - 1 })).toEqual(['7'])
  })

  it('says which programmes it cannot see, and refuses those that nobody knows', async () => {
    const { windows: _, rewards: __, ...unseen } = programmeFacts()
    const { programmes, without } = await lens(unseen)
    expect(programmes).toEqual([])
    expect(without).toEqual([{ programme: 'asks', reason: expect.stringMatching(/neither its rewards nor windows/) }])
    await expect(lens(programmeFacts(), { programme: 'other' })).rejects.toThrow(/no programme other[\s\S]*Fix: /)
    const { programmes: named, ...nameless } = unseen
    expect(named).toHaveLength(1)
    await expect(lens(nameless)).rejects.toThrow(/no programme that rewards usage[\s\S]*Fix: .*--table rewards/)
  })

  it('adds up exactly over levels and epochs of a market, and is the same each time', async () => {
    const { facts } = marketOf(simulateScenario({ scenario: 'A0', seed: 2, records: 10_000 }))
    const [once, again] = [
      await lens(facts, { whatIf: whatIf('rate=0.1') }),
      await lens(facts, { whatIf: whatIf('rate=0.1') }),
    ]
    expect(again).toEqual(once)
    const { whole, epochs, whatIf: changes } = once.programmes[0]!
    const all = (facts.rewards ?? []).reduce((sum, { amount }) => sum + amount!, 0n)
    const sum = (spans: readonly IncentiveSpan[]) =>
      spans.flatMap(({ levels }) => levels).reduce((total, { rewards }) => total + BigInt(rewards[0]!.amount), 0n)
    expect([sum([whole]), sum(epochs), BigInt(whole.rewards[0]!.amount)]).toEqual([all, all, all])
    // Whoever pays itself has no cost, so that its rewards pay at any rate; strangers are paid a tenth of what they spend.
    const self = whole.levels.find(({ level }) => level === 'W0')!
    expect(self.profit).toMatchObject({ cost: 0, selfFinancing: null })
    const others = whole.levels.find(({ level }) => level === 'undetermined')!
    if (others.profit.status !== 'measured') throw new Error('not measured')
    expect(others.profit.selfFinancing).toBeCloseTo(0.1, 1)
    expect(others.profit.breakEvenRate!.value).toBeCloseTo(1, 1)
    expect(changes[0]).toMatchObject({ status: 'measured', what: 'rate=0.1' })
  }, 60_000)

  it('finds the rewards of agents that stop at a target and of who asks itself', async () => {
    const recording = simulateProgramme({ seed: 3, users: 60, target: 4, stoppers: 0.5, padders: 0.15, racers: 0 })
    const truth = plantedRewards(recording)
    const { programmes } = await lens(marketOf(recording).facts, { programme: 'weekly-target' })
    const { whole } = programmes[0]!
    const planted = (level: string) => whole.levels.find((one) => one.level === level)!
    expect(planted('W0').rewards[0]!.amount).toBe(String(truth.W0))
    expect(planted('W0').profit).toMatchObject({ cost: 0 })
    const [W4] = planted('W4').rewards
    expect(Number(W4!.amount)).toBeGreaterThanOrEqual(truth.W4)
    expect(W4!.low).toBeLessThan(truth.W4)
    const { L0, U1 } = whole.counter
    expect(Number(L0[0]!.amount)).toBeLessThanOrEqual(truth.together)
    expect(Number(U1[0]!.amount)).toBeGreaterThanOrEqual(truth.together)
  }, 60_000)

  it('leaves open what went to stops that the test of bunching did not find', async () => {
    const recording = simulateProgramme({ seed: 3, users: 40, target: 6, stoppers: 0.2, padders: 0, racers: 0 })
    const truth = plantedRewards(recording)
    const { programmes } = await lens(marketOf(recording).facts, { programme: 'weekly-target' })
    const [W4] = programmes[0]!.whole.levels.find((one) => one.level === 'W4')!.rewards
    expect([W4!.amount, W4!.low]).toEqual(['0', 0])
    expect(W4!.high).toBeGreaterThan(truth.W4)
  }, 60_000)
})

describe('parseWhatIf', () => {
  it.each(['target=0', 'target=1.5', 'rate=-1', 'pool=3', 'target', ''])(
    'refuses %j and says what it takes',
    (text) => {
      expect(() => parseWhatIf(text)).toThrow(/no other target or rate[\s\S]*Fix: Write --what-if target=16/)
    },
  )
})

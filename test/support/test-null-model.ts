import { describe, expect, it } from 'vitest'
import type { EntityMap } from '../../src/clusters/entity-map.ts'
import type { Economy } from '../../src/features/economy.ts'
import { type Feature, type FeatureContext, replaceFeatures } from '../../src/features/feature.ts'
import type { ProgrammeRewards } from '../../src/features/programme-rewards.ts'
import type { EntityValues, Signal } from '../../src/signals/signal.ts'
import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'
import { type Random, randomStream } from '../../src/statistics/random.ts'
import { type HonestRate, honestRates } from './honest-classes.ts'

/** What a signal reads. `features`: values of features that are read from the ledger, by id, beside the economy. */
export type Drawn = {
  readonly economy: Economy
  readonly entities: EntityMap
  readonly features?: { readonly [id: string]: unknown }
}

export type NullModelContract = {
  /** An economy in which the null holds, with unequal groups and heavy tails. */
  readonly draw: (random: Random) => Drawn
  /** An economy with planted entities, and which they are. */
  readonly plant: (random: Random) => Drawn & { readonly planted: readonly number[] }
  /** Share of the planted entities with a p-value of at most .05. */
  readonly power: number
  /**
   * What looks like the finding and stays at the level, by false positive: honest classes of simulated markets, or a story
   * drawn for it, where the market holds too few of a class, with the entities that live it.
   */
  readonly traps: { readonly [falsePositive: string]: readonly string[] | Story }
  /** Draws under the null. Default 2,000. */
  readonly draws?: number
}

type Story = (random: Random) => Drawn & { readonly honest: readonly number[] }

const LEVELS = [0.05, 0.01]
const PLANTED_DRAWS = 40

/** What every signal with a null model must keep (DESIGN §6, §9). */
export function testNullModel(declared: unknown, contract: NullModelContract): void {
  const signal = declared as Signal
  const { draw, plant, power, traps, draws = 2_000 } = contract

  describe(`${signal.id} keeps the contract of signals with a null model`, () => {
    it('has a trap for each false positive that it declares and rules out', () => {
      const ruledOut = signal.falsePositives.filter(({ staysOpen }) => !staysOpen).map(({ id }) => id)
      expect(Object.keys(traps).sort()).toEqual(ruledOut.sort())
    })

    it('rejects no more often than it says under its null', async () => {
      const pValues: number[] = []
      for (let seed = 1; seed <= draws; seed += 1) {
        const random = randomStream(seed, `null of ${signal.id}`)
        const { pValue } = await valuesOf(signal, draw(random), seed)
        // Entities of one economy depend on each other; one of each makes independent draws.
        if (pValue.length > 0) pValues.push(pValue[random.below(pValue.length)]!)
      }
      expect(pValues.length, 'draws in which something could be tested').toBeGreaterThan(draws / 2)
      for (const level of LEVELS) {
        const rejected = pValues.filter((p) => p <= level).length
        expect(clopperPearson(rejected, pValues.length, 0.98).low, `size at ${level}`).toBeLessThanOrEqual(level)
      }
    }, 60_000)

    it('finds what was planted', async () => {
      let [planted, found] = [0, 0]
      for (let seed = 1; seed <= PLANTED_DRAWS; seed += 1) {
        const drawn = plant(randomStream(seed, `planted for ${signal.id}`))
        const { entity, pValue } = await valuesOf(signal, drawn, seed)
        const small = new Set([...entity].filter((_, row) => pValue[row]! <= 0.05))
        planted += drawn.planted.length
        found += drawn.planted.filter((one) => small.has(one)).length
      }
      expect(planted).toBeGreaterThan(0)
      expect(found / planted).toBeGreaterThanOrEqual(power)
    }, 60_000)

    it('says the same twice, of wallets by other numbers, of another time and of amounts in a smaller unit', async () => {
      const drawn = plant(randomStream(1, `planted for ${signal.id}`))
      const first = await plainValues(signal, drawn)
      expect(await plainValues(signal, drawn)).toEqual(first)
      expect(await plainValues(signal, changed(drawn))).toEqual(first)
    })

    it('shows what it says by rows of the economy', async () => {
      const { economy, ...rest } = plant(randomStream(1, `planted for ${signal.id}`))
      const values = await valuesOf(signal, { economy, ...rest }, 1)
      const best = [...values.pValue.keys()].sort((a, b) => values.pValue[a]! - values.pValue[b]!)[0]!
      const { payments, transfers } = values.evidence(best)
      expect(payments.length + transfers.length).toBeGreaterThan(0)
      for (const usage of payments) expect(economy.payments.payer[usage]).toBeDefined()
      for (const transfer of transfers) expect(economy.transfers.from[transfer]).toBeDefined()
    })

    for (const [id, trap] of Object.entries(traps))
      it(`does not mark ${id}`, async () => {
        if (typeof trap === 'function') return expectAtLevel(await storyRate(signal, trap), id)
        const rates = await honestRates(signal)
        for (const name of trap) expectAtLevel(rates.get(name), name)
      }, 120_000)
  })
}

async function storyRate(signal: Signal, story: Story): Promise<HonestRate> {
  const worlds: number[] = []
  let [tested, marked] = [0, 0]
  for (let seed = 1; seed <= PLANTED_DRAWS; seed += 1) {
    const drawn = story(randomStream(seed, `story for ${signal.id}`))
    const { entity, pValue } = await valuesOf(signal, drawn, seed)
    const honest = new Set(drawn.honest)
    const mine = [...pValue].filter((_, row) => honest.has(entity[row]!))
    const small = mine.filter((p) => p <= 0.05).length
    tested += mine.length
    marked += small
    if (mine.length > 0) worlds.push(small / mine.length)
  }
  return { tested, marked, worlds }
}

/** By the wider of two bounds: entities as independent, and worlds, in which one group may decide for many. */
function expectAtLevel(rate: HonestRate | undefined, name: string): void {
  expect(rate?.tested ?? 0, `entities of the class ${name}`).toBeGreaterThan(20)
  const { tested, marked, worlds } = rate!
  const mean = worlds.reduce((sum, share) => sum + share, 0) / worlds.length
  const spread = Math.sqrt(worlds.reduce((sum, share) => sum + (share - mean) ** 2, 0) / Math.max(1, worlds.length - 1))
  const lowest = Math.min(clopperPearson(marked, tested, 0.98).low, mean - (2.4 * spread) / Math.sqrt(worlds.length))
  expect(lowest, `${name}: ${marked} of ${tested} marked`).toBeLessThanOrEqual(0.05)
}

/** What a signal says of an economy, with features derived from it. */
export async function valuesOf(signal: Signal, drawn: Drawn, seed: number): Promise<EntityValues> {
  const inputs: { [name: string]: unknown } = {}
  const context = contextOf(drawn)
  for (const [name, feature] of Object.entries(signal.requires))
    inputs[name] = await context.get(feature as Feature<unknown>)
  const random = randomStream(seed, signal.id)
  const { values } = signal.measure(inputs as never, { options: signal.options, random })
  if (values === undefined) throw new Error(`${signal.id} has no values`)
  return values
}

/** A feature derived from what was drawn. */
export function derivedOf<value>(feature: Feature<value>, drawn: Partial<Drawn>): Promise<value> {
  return contextOf(drawn).get(feature)
}

function contextOf({ economy, entities, features = {} }: Partial<Drawn>): FeatureContext {
  const given = new Map<string, unknown>([['economy', economy], ['entity-map', entities], ...Object.entries(features)])
  const nowhere = {
    get: (feature: Feature<unknown>) => Promise.reject(new Error(`${feature.id} is not drawn`)),
    usesOf: () => undefined,
  } as unknown as FeatureContext
  return replaceFeatures(nowhere, given)
}

async function plainValues(signal: Signal, drawn: Drawn): Promise<string[]> {
  const { entity, statistic, pValue } = await valuesOf(signal, drawn, 1)
  const round = (value: number) => Number(value.toPrecision(9))
  return Array.from(entity, (_, row) => `${round(statistic[row]!)} ${round(pValue[row]!)}`).sort()
}

/** Payments and transfers keep their order, which stands for time; amounts are scaled by a power of two, which is exact. */
function changed({ economy, entities, features = {} }: Drawn): Drawn {
  const { payments, transfers, names } = economy
  const later = (times: Float64Array) => times.map((time) => time + 7 * 86_400_000)
  const larger = (amounts: Float64Array) => amounts.map((amount) => amount * 1024)
  const rewards = features['programme-rewards'] as ProgrammeRewards | undefined
  const fees = features['fee-values'] as Float64Array | undefined
  const moved = (all: ProgrammeRewards) => ({
    ...all,
    ...{ time: later(all.time), amount: larger(all.amount), value: larger(all.value) },
  })
  return {
    features: {
      ...features,
      ...(rewards && { 'programme-rewards': moved(rewards) }),
      ...(fees && { 'fee-values': larger(fees) }),
    },
    entities,
    economy: {
      ...economy,
      names: [...names].reverse(),
      payments: {
        ...payments,
        time: later(payments.time),
        amount: larger(payments.amount),
        value: larger(payments.value),
      },
      transfers: { ...transfers, time: later(transfers.time), amount: larger(transfers.amount) },
    },
  }
}

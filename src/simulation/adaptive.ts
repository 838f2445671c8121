import { type Random, randomStream } from '../statistics/random.ts'
import type { Market } from './facts.ts'
import { type MarketOptions, simulateMarket } from './market.ts'
import type { Ring } from './ring.ts'

/** How much of what an adversary does a detector sees, from 0 to 1; it may look at the facts and at nothing else. */
export type Detector = (market: Market) => number | Promise<number>

/** How the adversary moves its money. */
export type Tactic = Required<Pick<Ring, 'returnShare' | 'hops' | 'delay' | 'camouflage'>>

export type Adapted = {
  readonly market: Market
  readonly tactic: Tactic
  /** Score of the plainest tactic, and of the one that it ended with. */
  readonly first: number
  readonly score: number
  /** What the tactic costs, as a share of the wash usage that it makes. */
  readonly cost: number
}

const choices: { readonly [name in keyof Tactic]: readonly number[] } = {
  returnShare: [1, 0.95, 0.85, 0.6, 0.3, 0],
  hops: [0, 1, 2, 3],
  delay: [2, 10, 25, 40],
  camouflage: [0, 1, 3, 8],
}
const PLAIN: Tactic = { returnShare: 1, hops: 0, delay: 2, camouflage: 0 }
/** What it pays for a dollar to wait a day, and to pass one more wallet, in dollars. */
const COST = { day: 0.0005, hop: 0.002 }

/**
 * A9: plants a ring in an honest world, asks the detector for its score as often as it may, and changes its tactic one
 * part at a time for a lower score, as long as the tactic costs less than the reward for a dollar of usage. The detector
 * is a black box to it.
 */
export async function adaptive(
  world: Omit<MarketOptions, 'ring'>,
  score: Detector,
  { queries, reward = 0.1 }: { readonly queries: number; readonly reward?: number },
): Promise<Adapted> {
  const random = randomStream(world.seed, 'adaptive')
  const attempt = async (tactic: Tactic) => {
    const market = simulateMarket({ ...world, ring: { puppets: 6, payments: 10, selfPayments: 0, ...tactic } })
    const cost = costOf(market, tactic)
    // What does not pay is not done, and so not asked for.
    return cost < reward ? { market, tactic, cost, score: await score(market) } : null
  }
  let best = await attempt(PLAIN)
  if (best === null) throw new RangeError('a reward of nothing is worth no tactic')
  const first = best.score
  for (let query = 1; query < queries; query++) {
    const next = await attempt(change(random, best.tactic))
    if (next === null) continue
    if (next.score < best.score || (next.score === best.score && next.cost < best.cost)) best = next
  }
  return { ...best, first }
}

/** The tactic with one or two of its parts drawn anew. */
function change(random: Random, tactic: Tactic): Tactic {
  const changed = { ...tactic }
  for (let parts = 1 + random.below(2); parts > 0; parts--) {
    const part = random.pick(Object.keys(choices) as (keyof Tactic)[])
    changed[part] = random.pick(choices[part])
  }
  return changed
}

function costOf({ facts, truth }: Market, { hops, delay }: Tactic): number {
  let [hidden, made] = [0, 0]
  for (const { usage_id, kind, amount } of facts.payments ?? []) {
    const { adversary, level } = truth.payments.get(usage_id) ?? { adversary: null, level: 'none' }
    if (adversary === null || kind !== 'price') continue
    if (level === 'none') hidden += Number(amount)
    else made += Number(amount)
  }
  return hidden / made + hops * COST.hop + delay * COST.day
}

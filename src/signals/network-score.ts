import { type EntityPairs, entityPairs, pairsOfPayer, usagesOf } from '../clusters/entity-pairs.ts'
import { entitySigns, type Signs, type SignsOf } from '../clusters/entity-signs.ts'
import { friedkinJohnsen, type Opinions } from '../graph/friedkin-johnsen.ts'
import { buildUndirected, type Undirected } from '../graph/undirected.ts'
import type { Random } from '../statistics/random.ts'
import { defineSignal } from './signal.ts'

export const networkScore = defineSignal({
  id: 'network-score',
  title: 'Signs of wash usage that payers and their payees share',
  why: 'A sign at one wallet may be chance. Where wallets that pay each other all show it, they do so together.',
  status: 'experimental',
  family: 'F2',
  basis: 'value',
  subject: 'cluster',
  requires: { pairs: entityPairs, signs: entitySigns },
  options: { own: 0.5, replicates: 4 },
  statistic: {
    name: 'network score',
    definition:
      'Fixed point of own × signs of the entity + (1 − own) × mean score of its counterparties by what went between them. Signs: mean of up to three ranks in [0, 1], each the share of entities of its role, here and in the replicates, with less of it: value returned, money from the payees that it pays, and of those with any of either, nearness in time to when its counterparties were first seen. An iteration stops at a largest change below 1e-5, after 17 at most.',
  },
  nullModel: {
    name: 'payees dealt anew, and signs dealt anew',
    exchangeable:
      'The larger of two p-values. Payees: every pair of a payer and a payee keeps its payer and what was paid, and gets the payee of another pair; then everything is computed again. Signs: each entity gets those of another of its role with as many counterparties, by powers of two, so that the reach of signs that there are counts for nothing. Held against all replicates of such entities.',
    heldFixed:
      'How many payees each payer has and what it pays, and how many payers each payee has; of payees dealt anew, who sent whom what and when, and when each was first seen; of signs dealt anew, who pays whom.',
  },
  falsePositives: [
    {
      id: 'honest-neighbour',
      story: 'A customer of a service that otherwise pays itself has that service as its neighbour.',
      mitigation: 'What is the own part of a score and what that of neighbours is told apart.',
      staysOpen: true,
    },
    {
      id: 'launch-tester',
      story: 'A provider gives its testers wallets and money on the day on which it opens.',
      mitigation: 'Naming a wallet needs a second family of evidence.',
      staysOpen: true,
    },
    {
      id: 'boutique',
      story: 'A small provider has customers of its own, who came with it and buy from nobody else.',
      mitigation: 'That they keep to each other and came together is no sign; money that comes back is.',
      staysOpen: false,
    },
    {
      id: 'gateway',
      story: 'A reseller spends what its customers pay it, and has huge volume.',
      mitigation: 'Only transfers beside payments are money of a payee.',
      staysOpen: false,
    },
  ],
  blindSpots: [
    'Wash payers of honest payees, who share no sign with them.',
    'Money that passes an exchange or a bridge, between wallets first seen far apart.',
  ],
  references: [
    {
      title: 'Sirolly, Ma, Kanoria and Sethi 2025, Network-Based Detection of Wash Trading (algorithm 1)',
      url: 'https://doi.org/10.2139/ssrn.5714122',
    },
    {
      title: 'Friedkin and Johnsen 1990, Social influence and opinions',
      url: 'https://doi.org/10.1080/0022250X.1990.9990069',
    },
  ],
  measure({ pairs, signs }, { options, random }) {
    const { observed, replicates, placed, relative } = scoreEntities(pairs, signs, random, options)
    const tested = Int32Array.from(observed.start.keys()).filter(
      (entity) => pairs.offsets[entity + 1]! > pairs.offsets[entity]!,
    )
    const strata = strataOf(pairs)
    const stratum = tested.map((entity) => strata[entity]!)
    const statistic = Float64Array.from(tested, (entity) => observed.opinions[entity]!)
    const tails = (scores: readonly NetworkScore[]) => {
      const others = scores.map(({ opinions }) => Float64Array.from(tested, (entity) => opinions[entity]!))
      return pooledTails(statistic, others, stratum)
    }
    const [byPayees, bySigns] = [tails(replicates), tails(placed)]
    return {
      tested: tested.length,
      findings: [],
      values: {
        role: 'payer',
        entity: tested,
        statistic,
        pValue: byPayees.map((pValue, row) => Math.max(pValue, bySigns[row]!)),
        evidence: (row) => ({ payments: heaviest(pairs, tested[row]!), transfers: [] }),
      },
      note: `Scores stood still to 1e-5 after ${observed.iterations} iterations (at most 17), by the published rule, a relative change of 1e-5, after ${relative} (at most 25).`,
    }
  },
})

type ScoreOptions = { readonly own: number; readonly replicates: number }

/** A score with its parts: opinion = own × start + (1 − own) × neighbours. */
export type NetworkScore = Opinions & { readonly start: Float64Array }

/** Scores of all entities as they are, with payees dealt anew among the pairs (`replicates`), and with signs dealt anew (`placed`). */
export function scoreEntities(
  pairs: EntityPairs,
  signsOf: SignsOf,
  random: Random,
  { own, replicates }: ScoreOptions,
): {
  readonly observed: NetworkScore
  readonly replicates: readonly NetworkScore[]
  readonly placed: readonly NetworkScore[]
  /** Iterations of the observed scores by the rule of the paper. */
  readonly relative: number
} {
  const dealt = [pairs.payee, ...Array.from({ length: replicates }, () => shuffled(pairs.payee, random))]
  const entities = pairs.offsets.length - 1
  const starts = startsOf(dealt.map(signsOf), (entity) => pairs.offsets[entity + 1]! > pairs.offsets[entity]!)
  const graphs = dealt.map((payee) => buildUndirected(entities, pairs.payer, payee, pairs.value))
  const score = (graph: Undirected, start: Float64Array) => ({ start, ...friedkinJohnsen(graph, start, { own }) })
  const strata = strataOf(pairs)
  const groups = [...new Set(strata)].map((one) =>
    Int32Array.from(strata.keys()).filter((entity) => strata[entity] === one),
  )
  const scores = graphs.map((graph, i) => score(graph, starts[i]!))
  const placed = scores.slice(1).map(() => score(graphs[0]!, placedAnew(starts[0]!, groups, random)))
  const relative = friedkinJohnsen(graphs[0]!, starts[0]!, { own, stop: 'relative' }).iterations
  return { observed: scores[0]!, replicates: scores.slice(1), placed, relative }
}

/** Role and number of counterparties of each entity, by powers of two. */
function strataOf({ offsets, payee }: EntityPairs): Int32Array {
  const payers = new Int32Array(offsets.length - 1)
  for (const one of payee) payers[one]! += 1
  return payers.map((count, entity) => {
    const payees = offsets[entity + 1]! - offsets[entity]!
    return payees > 0 ? 31 - Math.clz32(payees) : -1 - (31 - Math.clz32(count + 1))
  })
}

/** Every entity with the opinion of another of its stratum. */
function placedAnew(start: Float64Array, strata: readonly Int32Array[], random: Random): Float64Array {
  const placed = new Float64Array(start.length)
  for (const members of strata)
    shuffled(members, random).forEach((from, i) => {
      placed[members[i]!] = start[from]!
    })
  return placed
}

/** Mean of the ranks of the signs that say something of an entity, among those of its role in all replicates alike. */
function startsOf(signs: readonly Signs[], isPayer: (entity: number) => boolean): Float64Array[] {
  const entities = signs[0]!.returned.length
  const sums = signs.map(() => new Float64Array(entities))
  const counts = signs.map(() => new Int32Array(entities))
  for (const name of ['returned', 'inside', 'closeness'] as const)
    for (const role of [true, false]) {
      const members = Int32Array.from({ length: entities }, (_, entity) => entity).filter(
        (entity) => isPayer(entity) === role,
      )
      const all = new Float64Array(members.length * signs.length)
      signs.forEach((sign, i) => {
        all.set(
          Float64Array.from(members, (entity) => sign[name][entity]!),
          i * members.length,
        )
      })
      const sorted = all.filter((value) => !Number.isNaN(value)).sort()
      signs.forEach((sign, i) => {
        for (const entity of members) {
          if (Number.isNaN(sign[name][entity]!)) continue
          sums[i]![entity]! += countBelow(sorted, sign[name][entity]!) / sorted.length
          counts[i]![entity]! += 1
        }
      })
    }
  return sums.map((sum, i) => sum.map((one, entity) => (counts[i]![entity] === 0 ? 0 : one / counts[i]![entity]!)))
}

/** Share of values of the replicates in the stratum that are as large, the observed one counted with them. */
function pooledTails(observed: Float64Array, replicates: readonly Float64Array[], stratum: Int32Array): Float64Array {
  const tails = new Float64Array(observed.length)
  for (const one of new Set(stratum)) {
    const rows = Int32Array.from(stratum.keys()).filter((row) => stratum[row] === one)
    const pool = new Float64Array(rows.length * replicates.length)
    replicates.forEach((values, i) => {
      pool.set(
        Float64Array.from(rows, (row) => values[row]!),
        i * rows.length,
      )
    })
    pool.sort()
    // Equal scores may differ in their last digits.
    for (const row of rows)
      tails[row] = (1 + pool.length - countBelow(pool, observed[row]! - 1e-12)) / (1 + pool.length)
  }
  return tails
}

/** How many of the values, in rising order, are smaller. */
function countBelow(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Fisher and Yates. */
function shuffled(values: Int32Array, random: Random): Int32Array {
  const dealt = values.slice()
  for (let i = dealt.length - 1; i > 0; i -= 1) {
    const other = random.below(i + 1)
    const value = dealt[i]!
    dealt[i] = dealt[other]!
    dealt[other] = value
  }
  return dealt
}

/** Payments of an entity to the five payees that it pays most. */
function heaviest(pairs: EntityPairs, entity: number): number[] {
  const own = pairsOfPayer(pairs, entity).sort((a, b) => pairs.value[b]! - pairs.value[a]! || a - b)
  return usagesOf(pairs, own.slice(0, 5))
}

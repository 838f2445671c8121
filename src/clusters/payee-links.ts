import { rowsWhere } from '../features/rows-where.ts'
import { logBinomialTail } from '../statistics/binomial-tail.ts'
import type { EntityMap } from './entity-map.ts'
import { type EntityPairs, pairsOfPayer } from './entity-pairs.ts'

/**
 * What entities may have in common, by entity: the number of a wallet, such as its funder, −1 where that is not known.
 * Where the wallet is a party, it is the founder of its entity.
 */
export type Trait = Int32Array

/** The trait of the founding wallet of each entity, where that is known and nobody's service. */
export function traitOf({ founder, of }: EntityMap, wallets: Int32Array, isService: Uint8Array): Trait {
  return founder.map((party) => {
    const shared = wallets[party]!
    if (shared === -1 || isService[shared] === 1) return -1
    return shared < of.length ? founder[of[shared]!]! : shared
  })
}

/** Choices of payees by all who share a trait: how many, how many linked, and the sum of their chances. */
type Group = { choices: number; linked: number; chance: number }

/** Of the payees of all who share an entity's trait how many share it too, and how likely that is of payees drawn anew. */
export type LinkedPayees = {
  readonly entity: Int32Array
  readonly linked: Float64Array
  readonly pValue: Float64Array
  /** Pairs of an entity whose payee is linked to it. */
  pairs(entity: number): number[]
}

/**
 * Each choice of a payee falls on any payee in proportion to how many payers it has. The number of linked ones is at most
 * as far out as a binomial one with the mean chance (Hoeffding 1956, https://doi.org/10.1214/aoms/1177728178).
 */
export function linkedPayees(entities: EntityMap, pairs: EntityPairs, trait: Trait): LinkedPayees {
  const groups = groupsOf(entities, pairs, trait)
  const entity = trait.map((_, i) => i).filter((one) => trait[one] !== -1 && hasPayees(pairs, one))
  const groupOf = (one: number) => groups.get(trait[one]!)!
  const linkedPairs = (one: number) =>
    pairsOfPayer(pairs, one).filter((pair) => isLinked(entities, trait, one, pairs.payee[pair]!))
  return {
    entity,
    linked: Float64Array.from(entity, (one) => groupOf(one).linked),
    pValue: Float64Array.from(entity, (one) => {
      const { linked, choices, chance } = groupOf(one)
      // Whoever has no linked payee of its own shows nothing, whatever others with its trait do.
      if (linkedPairs(one).length === 0) return 1
      return Math.exp(logBinomialTail(linked, choices, Math.min(1, chance / choices)))
    }),
    pairs: linkedPairs,
  }
}

function groupsOf(entities: EntityMap, pairs: EntityPairs, trait: Trait): Map<number, Group> {
  const { founder } = entities
  const payersOf = countPayers(pairs, trait.length)
  // Payers of all who share a trait, and of the wallet itself where it is a party.
  const near = new Map<number, number>()
  const add = (wallet: number, payers: number) => near.set(wallet, (near.get(wallet) ?? 0) + payers)
  trait.forEach((shared, entity) => {
    if (shared !== -1) add(shared, payersOf[entity]!)
    add(founder[entity]!, payersOf[entity]!)
  })
  const groups = new Map<number, Group>()
  for (let pair = 0; pair < pairs.payer.length; pair += 1) {
    const payer = pairs.payer[pair]!
    const shared = trait[payer]!
    if (shared === -1) continue
    const group = groups.get(shared) ?? { choices: 0, linked: 0, chance: 0 }
    groups.set(shared, group)
    group.choices += 1
    if (isLinked(entities, trait, payer, pairs.payee[pair]!)) group.linked += 1
    const own = payersOf[payer]!
    const others = near.get(shared)! - own + near.get(founder[payer]!)! - own
    group.chance += others / Math.max(1, pairs.payee.length - own)
  }
  return groups
}

function isLinked({ founder }: EntityMap, trait: Trait, a: number, b: number): boolean {
  const [first, second] = [trait[a]!, trait[b]!]
  return (first !== -1 && first === second) || first === founder[b] || second === founder[a]
}

/** Whether others who share an entity's trait pay whom it pays, more than payers at large do. */
export type SharedPayees = {
  readonly entity: Int32Array
  /** ln likelihood ratio of the share of the others' choices that fall on its most telling payee, against popularity. */
  readonly nats: Float64Array
  readonly pValue: Float64Array
  /** Pairs of an entity and of the others with its most telling payee. */
  pairs(entity: number): number[]
}

/**
 * Given what an entity pays, each choice of the others of its cohort falls on a payee as often as a choice by whoever has
 * a trait that is known and pays about as many payees: those who buy from one are customers of its own, those who buy from
 * many go by popularity. How many fall on one is at most as far out as a binomial number with the mean chance (Hoeffding
 * 1956). Of several payees the most telling counts, times their number (Bonferroni). Less than `leastLift` times what is
 * expected is nothing: a trait that half of all have is never spread quite as all are.
 */
export function sharedPayees(pairs: EntityPairs, trait: Trait, leastLift: number): SharedPayees {
  const entities = trait.length
  const choices = choicesOf(pairs, trait)
  const cohorts = new Map<number, Int32Array>()
  const counts = new Map<number, number>()
  const key = (shared: number, payee: number) => shared * entities + payee
  for (let pair = 0; pair < pairs.payer.length; pair += 1) {
    const shared = trait[pairs.payer[pair]!]!
    if (shared === -1) continue
    const cohort = cohorts.get(shared) ?? new Int32Array(BREADTHS)
    cohorts.set(shared, cohort)
    cohort[breadthOf(pairs, pairs.payer[pair]!)]!++
    const at = key(shared, pairs.payee[pair]!)
    counts.set(at, (counts.get(at) ?? 0) + 1)
  }
  const best = new Map<number, { readonly log: number; readonly nats: number; readonly payee: number }>()
  trait.forEach((shared, entity) => {
    const own = pairs.offsets[entity + 1]! - pairs.offsets[entity]!
    const drawn = shared === -1 ? 0 : (cohorts.get(shared)?.reduce((sum, one) => sum + one, 0) ?? 0) - own
    if (own === 0 || drawn === 0) return
    for (const pair of pairsOfPayer(pairs, entity)) {
      const payee = pairs.payee[pair]!
      const count = counts.get(key(shared, payee))! - 1
      const chance = choices.chance(entity, payee, cohorts.get(shared)!)
      const isMore = count >= leastLift * drawn * chance
      const log = isMore ? Math.min(0, logBinomialTail(count, drawn, chance) + Math.log(own)) : 0
      if (log < (best.get(entity)?.log ?? Infinity))
        best.set(entity, { log, payee, nats: ratioNats(count, drawn, chance) })
    }
  })
  const entity = Int32Array.from(best.keys())
  return {
    entity,
    nats: Float64Array.from(best.values(), ({ nats }) => nats),
    pValue: Float64Array.from(best.values(), ({ log }) => Math.exp(log)),
    pairs(one) {
      const { payee } = best.get(one)!
      return rowsWhere(
        pairs.payer.length,
        (pair) => pairs.payee[pair] === payee && trait[pairs.payer[pair]!] === trait[one],
      )
    },
  }
}

/** Either kind of evidence of each entity that has a payee and a trait, by its row. */
export type LinkedOrShared = {
  readonly entity: Int32Array
  /** Linked payees, or nats where those say more. */
  readonly statistic: Float64Array
  readonly pValue: Float64Array
  pairs(row: number): ReadonlySet<number>
}

/** The smaller of two p-values counts, twice: linked payees, and payees that payers with one trait share. */
export function linkedOrShared(
  entities: EntityMap,
  pairs: EntityPairs,
  trait: Trait,
  leastLift: number,
): LinkedOrShared {
  const linked = linkedPayees(entities, pairs, trait)
  const shared = sharedPayees(pairs, trait, leastLift)
  const rowOf = new Map([...shared.entity].map((entity, row) => [entity, row]))
  const isShared = (row: number) => {
    const other = rowOf.get(linked.entity[row]!)
    return other !== undefined && shared.pValue[other]! < linked.pValue[row]!
  }
  const choose = (row: number, mine: Float64Array, other: Float64Array) =>
    isShared(row) ? other[rowOf.get(linked.entity[row]!)!]! : mine[row]!
  return {
    entity: linked.entity,
    statistic: linked.linked.map((_, row) => choose(row, linked.linked, shared.nats)),
    pValue: linked.pValue.map((_, row) => Math.min(1, 2 * choose(row, linked.pValue, shared.pValue))),
    pairs(row) {
      const entity = linked.entity[row]!
      return new Set(isShared(row) ? shared.pairs(entity) : linked.pairs(entity))
    },
  }
}

/** Classes of payers by how many payees they have: 1, 2 to 3, 4 to 7, more. */
const BREADTHS = 4
const breadthOf = ({ offsets }: EntityPairs, payer: number) =>
  Math.min(BREADTHS - 1, 31 - Math.clz32(offsets[payer + 1]! - offsets[payer]!))

/** How often choices fall on a payee, by the breadth of the payer, of payers whose trait is known. */
function choicesOf(pairs: EntityPairs, trait: Trait) {
  const entities = trait.length
  const all = new Int32Array(BREADTHS)
  const on = new Int32Array(BREADTHS * entities)
  for (let pair = 0; pair < pairs.payer.length; pair += 1) {
    if (trait[pairs.payer[pair]!] === -1) continue
    const breadth = breadthOf(pairs, pairs.payer[pair]!)
    all[breadth]!++
    on[breadth * entities + pairs.payee[pair]!]!++
  }
  return {
    /** Mean chance of the choices of a cohort, by their breadths, to fall on a payee of one of its members, whose own are left out. */
    chance(member: number, payee: number, cohort: Int32Array): number {
      const own = pairs.offsets[member + 1]! - pairs.offsets[member]!
      const breadth = breadthOf(pairs, member)
      let [sum, trials] = [0, 0]
      for (let i = 0; i < BREADTHS; i += 1) {
        const isOwn = Number(i === breadth)
        const drawn = cohort[i]! - isOwn * own
        const others = all[i]! - isOwn * own
        if (drawn === 0) continue
        sum += (drawn * (on[i * entities + payee]! - isOwn)) / others
        trials += drawn
      }
      return sum / trials
    },
  }
}

/** ln likelihood ratio of `count` of `trials` with the share seen against the share `u`; 0 where it is no larger. */
function ratioNats(count: number, trials: number, u: number): number {
  const share = count / trials
  if (share <= u) return 0
  const rest = trials - count
  return count * Math.log(share / u) + (rest > 0 ? rest * Math.log((1 - share) / (1 - u)) : 0)
}

/** Of one transfer a wallet, those of the parties of some entities; −1: none. */
export function transfersOf({ of }: EntityMap, transfer: Int32Array, wanted: ReadonlySet<number>): number[] {
  return [...transfer.subarray(0, of.length)].filter((row, party) => row !== -1 && wanted.has(of[party]!))
}

const hasPayees = ({ offsets }: EntityPairs, entity: number) => offsets[entity + 1]! > offsets[entity]!

function countPayers({ payee }: EntityPairs, entities: number): Int32Array {
  const counts = new Int32Array(entities)
  for (const one of payee) counts[one]!++
  return counts
}

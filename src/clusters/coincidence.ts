import { lowerBound } from '../statistics/lower-bound.ts'

/** What two parties can have in common, each by its own wallet; −1 where that is not known. */
export const traits = ['funder', 'token-funder', 'sweep', 'token-sweep', 'root'] as const
export type Trait = (typeof traits)[number] | 'funded'

export type PartyTraits = {
  /**
   * For each party who sent its first native currency, who its first token, where the last of either went, and where the
   * money of its funder came from in the end (−1 where that is its funder), as the number of a wallet.
   */
  readonly shared: { readonly [trait in (typeof traits)[number]]: Int32Array }
  /** UTC ms of its first payment. */
  readonly firstUse: Float64Array
}

/** Two parties, the evidence that one person stands behind both, in nats, and which trait says most. */
export type CoincidenceLink = {
  readonly first: number
  readonly second: number
  readonly nats: number
  readonly trait: Trait
}

/** How often wallets of one person share a trait that is known of both (science page A3: 0.6 to start from). */
const SHARED = 0.6
/** How often they begin within a day of each other. */
const TOGETHER = 0.5
const DAY = 86_400_000
/** Traits shared by more parties than this make no pairs: their evidence is small whatever else agrees. */
const MOST_SHARING = 200

/**
 * Links by what two parties have in common, each weighed by how rarely it is shared (Fellegi and Sunter 1969 with term
 * frequencies): ln(m / u) where they agree, ln((1 − m) / (1 − u)) where they differ, u the share of parties that have the
 * same. A wallet that funds a tenth of all says next to nothing, one that funds twenty of forty thousand says much, and no
 * list of services is needed. `prior` is the ln odds of two parties drawn at random. Links of at least `least` nats.
 */
export function coincidenceLinks({ shared, firstUse }: PartyTraits, prior: number, least: number): CoincidenceLink[] {
  const size = firstUse.length
  const groups = new Map(traits.map((trait) => [trait, groupsOf(shared[trait])]))
  const known = new Map(traits.map((trait) => [trait, shared[trait].reduce((n, one) => n + Number(one !== -1), 0)]))
  const times = firstUse.slice().sort()
  const found = new Map<number, CoincidenceLink>()

  function consider(first: number, second: number, funded: number | null): void {
    const key = first * size + second
    if (found.has(key)) return
    let nats = prior + timeNats(first, second)
    let best: { trait: Trait; nats: number } = { trait: 'funded', nats: funded === null ? 0 : nearer(funded, 'funder') }
    nats += best.nats
    for (const trait of traits) {
      const said = trait === 'root' ? rootNats(first, second) : agreement(trait, first, second)
      nats += said
      if (said > best.nats) best = { trait, nats: said }
    }
    if (nats >= least) found.set(key, { first, second, nats, trait: best.trait })
  }

  /** Among the parties of which the trait is known. */
  const nearer = (count: number, trait: (typeof traits)[number]) => Math.log((SHARED * known.get(trait)!) / count)

  /** The same funder has the same root: that is known already. Other roots say nothing against two wallets. */
  function rootNats(first: number, second: number): number {
    const { funder } = shared
    return funder[first] === funder[second] ? 0 : Math.max(0, agreement('root', first, second))
  }

  function agreement(trait: (typeof traits)[number], first: number, second: number): number {
    const { count } = groups.get(trait)!
    const [a, b] = [shared[trait][first]!, shared[trait][second]!]
    if (a === -1 || b === -1) return 0
    if (a === b) return nearer(count.get(a)!, trait)
    return Math.log((1 - SHARED) / (1 - count.get(a)! / known.get(trait)!))
  }

  /** An event brings many at once: then beginning within a day of each other is no coincidence. */
  function timeNats(first: number, second: number): number {
    const near = (party: number) =>
      (lowerBound(times, firstUse[party]! + DAY) - lowerBound(times, firstUse[party]! - DAY)) / size
    const u = Math.min(0.99, Math.max(near(first), near(second)))
    if (Math.abs(firstUse[first]! - firstUse[second]!) < DAY) return Math.log(TOGETHER / u)
    return Math.log((1 - TOGETHER) / (1 - u))
  }

  for (const { members } of groups.values())
    for (const list of members.values()) {
      if (list.length > MOST_SHARING) continue
      for (let i = 0; i < list.length; i += 1)
        for (let j = i + 1; j < list.length; j += 1) consider(list[i]!, list[j]!, null)
    }
  for (const trait of ['funder', 'token-funder'] as const) fundedPairs(shared[trait], groups.get(trait)!, consider)
  return [...found.values()]
}

/** Parties whose funder is a party itself, whose number stands for it among the traits. */
function fundedPairs(funder: Int32Array, { count }: Groups, consider: (a: number, b: number, n: number) => void) {
  funder.forEach((one, party) => {
    if (one < 0 || one >= funder.length || count.get(one)! > MOST_SHARING) return
    consider(Math.min(one, party), Math.max(one, party), count.get(one)!)
  })
}

type Groups = {
  /** Parties by what they share, in rising order. */
  readonly members: ReadonlyMap<number, readonly number[]>
  readonly count: ReadonlyMap<number, number>
}

function groupsOf(trait: Int32Array): Groups {
  const members = new Map<number, number[]>()
  trait.forEach((value, party) => {
    if (value === -1) return
    const known = members.get(value)
    if (known === undefined) members.set(value, [party])
    else known.push(party)
  })
  return { members, count: new Map([...members].map(([value, list]) => [value, list.length])) }
}

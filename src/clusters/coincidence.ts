import { lowerBound } from '../statistics/lower-bound.ts'
import {
  exitTraits,
  MOST_SHARING,
  type PartyTraits,
  type SourceTrait,
  sourceTraits,
  type Trait,
  traits,
} from './party-traits.ts'
import { judgeSources } from './source-services.ts'
import { type Groups, groupsOf } from './trait-groups.ts'

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
/** Nats above which money that was given cannot carry a link by itself: people are paid, given gas, and let try a service. */
const GIVEN_ALONE = Math.log(0.8 / 0.2)

/**
 * Links by what two parties have in common, each weighed by how rarely it is shared (Fellegi and Sunter 1969 with term
 * frequencies): ln(m / u) where they agree, ln((1 − m) / (1 − u)) where they differ, u the share of parties that have the
 * same. A wallet that funds a tenth of all says next to nothing, one that funds twenty of forty thousand says much, and no
 * list of services is needed. Who paid for both says little alone: they must agree in something that a person does who
 * holds both. `prior` is the ln odds of two parties drawn at random. Links of at least `least` nats.
 */
export function coincidenceLinks(parties: PartyTraits, prior: number, least: number): CoincidenceLink[] {
  const { shared, fed, batch, exits, looped, firstUse } = parties
  const size = firstUse.length
  const groups = new Map(traits.map((trait) => [trait, groupsOf(shared[trait])]))
  const known = new Map(traits.map((trait) => [trait, shared[trait].reduce((n, one) => n + Number(one !== -1), 0)]))
  const payers = groupsOf(fed).count
  const isService = judgeSources(parties)
  const times = firstUse.slice().sort()
  const found = new Map<number, CoincidenceLink>()

  function consider(first: number, second: number, funded: number | null): void {
    const key = first * size + second
    if (found.has(key)) return
    let nats = prior + timeNats(first, second)
    let best: { trait: Trait; nats: number } = { trait: 'funded', nats: funded === null ? 0 : nearer(funded, 'funder') }
    nats += best.nats
    const add = (trait: Trait, said: number) => {
      nats += said
      if (said > best.nats) best = { trait, nats: said }
    }
    for (const trait of sourceTraits) add(trait, sourceNats(trait, first, second))
    for (const trait of exitTraits) add(trait, agreement(trait, first, second))
    const payee = payeeNats(first, second)
    const loop = loopNats(first, second)
    nats += payee
    add('loop', loop)
    const isHeld =
      payee > 0 || loop > 0 || (batch[first] !== -1 && batch[first] === batch[second]) || hasExit(first, second)
    if (!isHeld) nats = Math.min(nats, GIVEN_ALONE)
    if (nats >= least) found.set(key, { first, second, nats, trait: best.trait })
  }

  /** Among the parties of which the trait is known. */
  const nearer = (count: number, trait: (typeof traits)[number]) => Math.log((SHARED * known.get(trait)!) / count)

  /** What the same funder has to say includes what its own funder has; another one further up says nothing against it. */
  function sourceNats(trait: SourceTrait, first: number, second: number): number {
    const nearest = trait === 'root' ? 'funder' : trait === 'token-root' ? 'token-funder' : null
    const same = shared[trait][first] === shared[trait][second]
    if (same && isService[trait].has(shared[trait][first]!)) return 0
    if (nearest === null) return agreement(trait, first, second)
    return shared[nearest][first] === shared[nearest][second] ? 0 : Math.max(0, agreement(trait, first, second))
  }

  function agreement(trait: (typeof traits)[number], first: number, second: number): number {
    const { count } = groups.get(trait)!
    const [a, b] = [shared[trait][first]!, shared[trait][second]!]
    if (a === -1 || b === -1) return 0
    if (a === b) return nearer(count.get(a)!, trait)
    return Math.log((1 - SHARED) / (1 - count.get(a)! / known.get(trait)!))
  }

  function payeeNats(first: number, second: number): number {
    if (fed[first] === -1 || fed[first] !== fed[second]) return 0
    return Math.max(0, Math.log((SHARED * size) / payers.get(fed[first]!)!))
  }

  /** Of two payers with one loop, or of a payer and the payee whose takings reach it. */
  function loopNats(first: number, second: number): number {
    const { loop } = shared
    const through = loop[first] !== -1 ? loop[first]! : loop[second]!
    const isPaid = looped[first] === second || looped[second] === first
    if (through === -1 || !(isPaid || loop[first] === loop[second])) return 0
    const rare = Math.log((SHARED * exits.payees) / exits.reaching.get(through)!)
    return isPaid ? rare + 2 * Math.log((SHARED * size) / groups.get('loop')!.count.get(through)!) : rare
  }

  const hasExit = (first: number, second: number) =>
    exitTraits.some((trait) => shared[trait][first] !== -1 && agreement(trait, first, second) > 0)

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
  looped.forEach((payee, party) => {
    if (payee !== -1 && groups.get('loop')!.count.get(shared.loop[party]!)! <= MOST_SHARING)
      consider(Math.min(payee, party), Math.max(payee, party), null)
  })
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

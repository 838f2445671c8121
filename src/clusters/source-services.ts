import { exitTraits, type PartyTraits, type SourceTrait, sourceTraits } from './party-traits.ts'
import { COHORT_LEAST, groupsOf, ONE_PERSON } from './trait-groups.ts'

/**
 * Sources that pay for strangers, without any list: parties around an operator pay one payee, send what is left to one place
 * or get their payments back, those around an exchange or a faucet do as they like (science page 5.1).
 */
export function judgeSources(parties: PartyTraits): { readonly [trait in SourceTrait]: ReadonlySet<number> } {
  const judged = sourceTraits.map((trait) => [trait, servicesOf(trait, parties)])
  return Object.fromEntries(judged)
}

function servicesOf(trait: SourceTrait, { shared, fed, batch }: PartyTraits): ReadonlySet<number> {
  const services = new Set<number>()
  for (const [source, members] of groupsOf(shared[trait]).members) {
    if (members.length < COHORT_LEAST) continue
    const held = [fed, shared.loop, batch].map((column) => agreeingPairs(members, column))
    // An exchange gives and takes: what goes back to the source itself tells it from nobody.
    const left = exitTraits.map((exit) => agreeingPairs(members, shared[exit], source))
    if (Math.max(...held, ...left) < ONE_PERSON) services.add(source)
  }
  return services
}

/** Share of the pairs that have the same value, which is neither unknown nor `but`. */
function agreeingPairs(members: readonly number[], column: Int32Array, but = -1): number {
  const counts = new Map<number, number>()
  for (const member of members) {
    const value = column[member]!
    if (value !== -1 && value !== but) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  const pairs = [...counts.values()].reduce((sum, n) => sum + n * (n - 1), 0)
  return pairs / (members.length * (members.length - 1))
}

/** Facts up to which every set is tried: 2^10 sets. */
const FEW = 10

/**
 * The fewest facts without which a claim no longer holds; all of them where it holds without any. Of few facts the first
 * smallest set is found by trying all, of many by leaving out group after group, then putting back what is not needed.
 */
export function smallestRemoval<fact>(
  facts: readonly fact[],
  groupOf: (fact: fact) => string,
  holds: (left: readonly fact[]) => boolean,
): { readonly removal: readonly fact[]; readonly exact: boolean } {
  if (!holds(facts)) return { removal: [], exact: true }
  return facts.length <= FEW
    ? { removal: bestOf(facts, holds), exact: true }
    : { removal: greedy(facts, groupOf, holds), exact: false }
}

function bestOf<fact>(facts: readonly fact[], holds: (left: readonly fact[]) => boolean): readonly fact[] {
  let best = facts
  for (let set = 1; set < 2 ** facts.length; set += 1) {
    const removed = facts.filter((_, i) => (set >> i) % 2 === 1)
    if (removed.length < best.length && !holds(facts.filter((_, i) => (set >> i) % 2 === 0))) best = removed
  }
  return best
}

function greedy<fact>(
  facts: readonly fact[],
  groupOf: (fact: fact) => string,
  holds: (left: readonly fact[]) => boolean,
): readonly fact[] {
  const without = (removed: ReadonlySet<fact>) => facts.filter((fact) => !removed.has(fact))
  const groups = [...new Set(facts.map(groupOf))].map((group) => facts.filter((fact) => groupOf(fact) === group))
  const removed = new Set<fact>()
  for (const group of groups.sort((a, b) => a.length - b.length)) {
    if (!holds(without(removed))) break
    for (const fact of group) removed.add(fact)
  }
  for (const fact of [...removed]) {
    removed.delete(fact)
    if (holds(without(removed))) removed.add(fact)
  }
  return facts.filter((fact) => removed.has(fact))
}

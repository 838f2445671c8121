/** Parties from which on a group is a cohort (science page A4). */
export const COHORT_LEAST = 8
/** Share of the parties around a source that does alike where one person holds them; fewer are strangers. */
export const ONE_PERSON = 0.3

/** Parties by what they have in common. */
export type Groups = {
  /** Parties by what they share, in rising order. */
  readonly members: ReadonlyMap<number, readonly number[]>
  readonly count: ReadonlyMap<number, number>
}

export function groupsOf(trait: Int32Array): Groups {
  const members = new Map<number, number[]>()
  trait.forEach((value, party) => {
    if (value === -1) return
    const known = members.get(value)
    if (known === undefined) members.set(value, [party])
    else known.push(party)
  })
  return { members, count: new Map([...members].map(([value, list]) => [value, list.length])) }
}

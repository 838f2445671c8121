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

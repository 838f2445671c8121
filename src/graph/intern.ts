/** Names by the order in which they were first met, and the index of each. */
export type Interned = { readonly names: string[]; readonly index: Map<string, number> }

export const noNames = (): Interned => ({ names: [], index: new Map() })

/** The dense index of each name; a name not met before gets the next one and is added to `interned`. */
export function intern(names: readonly string[], interned: Interned): Int32Array {
  const indices = new Int32Array(names.length)
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!
    let index = interned.index.get(name)
    if (index === undefined) {
      index = interned.names.push(name) - 1
      interned.index.set(name, index)
    }
    indices[i] = index
  }
  return indices
}

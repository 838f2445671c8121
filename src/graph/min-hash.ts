import { groupMembers } from './partition.ts'

/** Sets of whole numbers in compressed rows: the elements of set i are elements[offsets[i]] to elements[offsets[i + 1] - 1]. */
export type Sets = { readonly offsets: Int32Array; readonly elements: Int32Array }

export type MinHashOptions = {
  /** Bands and rows a band: two sets of Jaccard similarity s are a pair with probability 1 - (1 - s^rows)^bands. */
  readonly bands: number
  readonly rows: number
  /** Uniform in [0, 1); draws the hash functions. */
  readonly random: () => number
  /** Sets with one and the same band that are all paired with each other; more are only paired in a row. 1,000 by default. */
  readonly most?: number
}

/** Pair i is left[i] and right[i]; left is the smaller number, pairs are in rising order, none stands twice. */
export type Pairs = {
  readonly left: Int32Array
  readonly right: Int32Array
  /** Crowds above `most`, where each set is paired with the next only. */
  readonly crowds: number
}

/**
 * Pairs of sets that are likely to be similar, without comparing all: MinHash of Broder 1997
 * (https://doi.org/10.1109/SEQUEN.1997.666900) in the bands of Indyk and Motwani 1998
 * (https://doi.org/10.1145/276698.276876). An empty set is in no pair. O(bands × (elements × rows + pairs)).
 */
export function similarPairs(sets: Sets, { bands, rows, random, most = 1000 }: MinHashOptions): Pairs {
  const count = sets.offsets.length - 1
  const signatures = new Int32Array(count * rows)
  let keys = new Float64Array(0)
  let crowds = 0
  for (let band = 0; band < bands; band++) {
    for (let row = 0; row < rows; row++) hashSets(sets, signatures, rows, row, random)
    const found = pairCrowds(crowdsOf(sets, signatures, rows), most)
    crowds += found.crowds
    keys = mergeKeys(keys, found.keys)
  }
  return {
    left: Int32Array.from(keys, (key) => key / count),
    right: Int32Array.from(keys, (key) => key % count),
    crowds,
  }
}

/** One row of every signature: the smallest element of a set by a random permutation of 32-bit numbers. */
function hashSets(
  { offsets, elements }: Sets,
  signatures: Int32Array,
  rows: number,
  row: number,
  random: () => number,
) {
  const factor = Math.floor(random() * 2 ** 31) * 2 + 1
  const shift = Math.floor(random() * 2 ** 32)
  for (let set = 0; set + 1 < offsets.length; set++) {
    let least = 0x7fff_ffff
    for (let place = offsets[set]!; place < offsets[set + 1]!; place++) {
      const hash = scramble((Math.imul(elements[place]!, factor) + shift) | 0)
      if (hash < least) least = hash
    }
    signatures[set * rows + row] = least
  }
}

/** The finalizer of MurmurHash3, which maps 32-bit numbers one to one. */
function scramble(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

/** Groups of sets with one and the same signature, found by open addressing; an empty set is alone. */
function crowdsOf({ offsets }: Sets, signatures: Int32Array, rows: number) {
  const count = offsets.length - 1
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(count + 1) + 1)).fill(-1)
  const membership = new Int32Array(count)
  let crowds = 0
  for (let set = 0; set < count; set++) {
    if (offsets[set] === offsets[set + 1]) {
      membership[set] = crowds++
      continue
    }
    let hash = 0
    for (let row = 0; row < rows; row++) hash = scramble(hash ^ signatures[set * rows + row]!) + row
    let slot = hash & (slots.length - 1)
    while (slots[slot] !== -1 && !isSame(signatures, rows, slots[slot]!, set)) slot = (slot + 1) & (slots.length - 1)
    if (slots[slot] === -1) {
      slots[slot] = set
      membership[set] = crowds++
    } else membership[set] = membership[slots[slot]!]!
  }
  return groupMembers({ membership, count: crowds })
}

function isSame(signatures: Int32Array, rows: number, a: number, b: number): boolean {
  for (let row = 0; row < rows; row++) if (signatures[a * rows + row] !== signatures[b * rows + row]) return false
  return true
}

/** Pairs of the members of each crowd as numbers that order as the pairs do. */
function pairCrowds({ offsets, members }: ReturnType<typeof crowdsOf>, most: number) {
  const sizes = offsets.subarray(1).map((end, crowd) => end - offsets[crowd]!)
  const isCrowded = (size: number) => size > most
  const keys = new Float64Array(
    sizes.reduce((sum, size) => sum + (isCrowded(size) ? size - 1 : (size * (size - 1)) / 2), 0),
  )
  let kept = 0
  for (let crowd = 0; crowd < sizes.length; crowd++) {
    const end = offsets[crowd + 1]!
    for (let i = offsets[crowd]!; i < end; i++) {
      const last = isCrowded(sizes[crowd]!) ? Math.min(i + 2, end) : end
      for (let j = i + 1; j < last; j++) keys[kept++] = members[i]! * members.length + members[j]!
    }
  }
  return { keys: keys.sort(), crowds: sizes.filter(isCrowded).length }
}

/** Union of two rising rows of numbers. */
function mergeKeys(a: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> {
  const merged = new Float64Array(a.length + b.length)
  let kept = 0
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const takesA = j === b.length || (i < a.length && a[i]! <= b[j]!)
    const key = takesA ? a[i++]! : b[j++]!
    if (kept === 0 || merged[kept - 1] !== key) merged[kept++] = key
  }
  return merged.slice(0, kept)
}

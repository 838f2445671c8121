/** A stream of random numbers that depends on its seed and name alone. */
export type Random = {
  /** Uniform in [0, 1). */
  next(): number
  /** Uniform whole number in [0, bound). */
  below(bound: number): number
  /** Standard exponential, mean 1. */
  exponential(): number
  /** Standard normal (Box–Muller). */
  normal(): number
  pick<value>(values: readonly value[]): value
}

/**
 * xoshiro128** (Blackman and Vigna 2018, https://prng.di.unimi.it/), seeded by hashing (seed, name), so that adding one
 * user of randomness never changes the numbers of another.
 */
export function randomStream(seed: number, name: string): Random {
  let [a, b, c, d] = seedState(`${seed}\u0000${name}`) as unknown as [number, number, number, number]
  const next32 = () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotate(d, 11)
    return result
  }
  const next = () => (next32() * 2 ** 21 + (next32() >>> 11)) / 2 ** 53
  return {
    next,
    below: (bound) => Math.floor(next() * bound),
    exponential: () => -Math.log1p(-next()),
    normal: () => Math.sqrt(-2 * Math.log1p(-next())) * Math.cos(2 * Math.PI * next()),
    pick: (values) => values[Math.floor(next() * values.length)] as (typeof values)[number],
  }
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by))
}

/** Four words by FNV-1a over the text with different offsets, stirred by the finalizer of MurmurHash3. */
function seedState(text: string): Int32Array {
  const state = new Int32Array(4)
  for (let word = 0; word < 4; word++) {
    let hash = 0x811c9dc5 ^ Math.imul(word + 1, 0x9e3779b9)
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    state[word] = hash ^ (hash >>> 16) || word + 1
  }
  return state
}

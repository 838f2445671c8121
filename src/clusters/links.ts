/** Links between wallets, each pair once, with a probability. */
export type Links = {
  readonly first: Int32Array
  readonly second: Int32Array
  readonly probability: Float64Array
}

/** Collects links in one open hash table; of a pair met again the higher probability holds. */
export function linkTable() {
  let capacity = 1 << 12
  let count = 0
  let slots = new Int32Array(capacity).fill(-1)
  let first = new Int32Array(capacity >> 1)
  let second = new Int32Array(capacity >> 1)
  let probability = new Float64Array(capacity >> 1)
  const slotOf = (low: number, high: number) => {
    let slot = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca77)) & (capacity - 1)
    slot ^= slot >>> 7
    while (slots[slot] !== -1 && (first[slots[slot]!] !== low || second[slots[slot]!] !== high))
      slot = (slot + 1) & (capacity - 1)
    return slot
  }
  const grow = () => {
    capacity *= 2
    const longer = <column extends Int32Array | Float64Array>(old: column, column: column) => {
      column.set(old)
      return column
    }
    first = longer(first, new Int32Array(capacity >> 1))
    second = longer(second, new Int32Array(capacity >> 1))
    probability = longer(probability, new Float64Array(capacity >> 1))
    slots = new Int32Array(capacity).fill(-1)
    for (let link = 0; link < count; link++) slots[slotOf(first[link]!, second[link]!)] = link
  }
  return {
    add(a: number, b: number, value: number): void {
      const [low, high] = a < b ? [a, b] : [b, a]
      const slot = slotOf(low, high)
      const link = slots[slot]!
      if (link !== -1) {
        probability[link] = Math.max(probability[link]!, value)
        return
      }
      slots[slot] = count
      first[count] = low
      second[count] = high
      probability[count++] = value
      if (count === first.length) grow()
    },
    take: (): Links => ({
      first: first.slice(0, count),
      second: second.slice(0, count),
      probability: probability.slice(0, count),
    }),
  }
}

/** Two sets of links as one; a pair in both stands twice. */
export function joinLinks(a: Links, b: Links): Links {
  const joined = <column extends Int32Array | Float64Array>(column: column, head: column, tail: column): column => {
    column.set(head)
    column.set(tail, head.length)
    return column
  }
  const length = a.first.length + b.first.length
  return {
    first: joined(new Int32Array(length), a.first, b.first),
    second: joined(new Int32Array(length), a.second, b.second),
    probability: joined(new Float64Array(length), a.probability, b.probability),
  }
}

/** Numbers of the links from the most probable down; those of equal probability keep their order. */
export function strongestFirst({ probability }: Links): Int32Array {
  return Int32Array.from(probability, (_, link) => link).sort((a, b) => probability[b]! - probability[a]! || a - b)
}

/** EVM addresses as numbers, in the order in which they were first met, without a string for each. */
export type AddressTable = {
  /** Number of the address whose 40 hexadecimal digits begin at `start`; −1 where they are no such digits. */
  number(bytes: Uint8Array, start: number): number
  size(): number
}

const WORDS = 5
/** Value of a hexadecimal digit by its character code; 255 for what is none. */
const DIGITS = Uint8Array.from({ length: 256 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16)
  return Number.isNaN(value) ? 255 : value
})

export function addressTable(): AddressTable {
  let capacity = 1 << 16
  let slots = new Int32Array(capacity).fill(-1)
  let words = new Int32Array((capacity >> 1) * WORDS)
  const word = new Int32Array(WORDS)
  let count = 0
  const slotOf = (from: Int32Array, at: number) => {
    const mixed =
      Math.imul(from[at]! ^ from[at + 2]!, 0x9e3779b1) ^ Math.imul(from[at + 1]! ^ from[at + 4]!, 0x85ebca77)
    let slot = (mixed ^ (mixed >>> 15)) & (capacity - 1)
    while (slots[slot] !== -1 && !isSame(words, slots[slot]! * WORDS, from, at)) slot = (slot + 1) & (capacity - 1)
    return slot
  }
  const grow = () => {
    capacity *= 2
    const longer = new Int32Array((capacity >> 1) * WORDS)
    longer.set(words)
    words = longer
    slots = new Int32Array(capacity).fill(-1)
    for (let i = 0; i < count; i++) slots[slotOf(words, i * WORDS)] = i
  }
  return {
    number(bytes, start) {
      for (let w = 0, at = start; w < WORDS; w++) {
        let value = 0
        for (let end = at + 8; at < end; at++) {
          const digit = DIGITS[bytes[at]!]!
          if (digit === 255) return -1
          value = (value << 4) | digit
        }
        word[w] = value
      }
      const slot = slotOf(word, 0)
      if (slots[slot] !== -1) return slots[slot]!
      words.set(word, count * WORDS)
      slots[slot] = count++
      if (count === capacity >> 1) grow()
      return count - 1
    },
    size: () => count,
  }
}

function isSame(a: Int32Array, at: number, b: Int32Array, start: number): boolean {
  for (let w = 0; w < WORDS; w++) if (a[at + w] !== b[start + w]) return false
  return true
}

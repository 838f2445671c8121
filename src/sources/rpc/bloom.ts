import { type Hex, keccak256 } from 'viem'
import type { LogFilter } from './answers.ts'

/**
 * Whether a header's filter lets a question's logs stand in its block. No is certain; yes is not, since other logs set
 * bits as well. Three bits of 2,048 are set for each address and topic, as the Ethereum yellow paper, section 4.4.3, says.
 */
export function bloomAdmits(bloom: string, { addresses, topics }: LogFilter): boolean {
  const holdsAny = (values: readonly string[]) => values.some((value) => bloomHolds(bloom, value))
  return holdsAny(addresses) && topics.every((choices) => choices === null || holdsAny(choices))
}

export function bloomHolds(bloom: string, value: string): boolean {
  return bitsOf(value).every((bit) => {
    const digit = Number.parseInt(bloom[2 + 511 - (bit >> 2)]!, 16)
    return ((digit >> (bit & 3)) & 1) === 1
  })
}

/** Bits that are asked for again and again; addresses and topics of one collection are few. */
const known = new Map<string, readonly number[]>()
const MOST_KNOWN = 100_000

function bitsOf(value: string): readonly number[] {
  const found = known.get(value)
  if (found !== undefined) return found
  const hash = keccak256(value as Hex)
  const bits = [0, 1, 2].map((pair) => Number.parseInt(hash.slice(2 + pair * 4, 6 + pair * 4), 16) & 2047)
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(value, bits)
  return bits
}

/** A filter without any bit: an empty block, or a chain that does not fill it. */
export function isEmptyBloom(bloom: string): boolean {
  return /^0x0*$/.test(bloom)
}

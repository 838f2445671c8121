import type { Behaviour } from './behaviour.ts'
import type { Incidences } from './incidences.ts'

/** Least members of a stratum: wallets of one signature, of one signature and degree, around one counterparty. */
const SIGNATURE_LEAST = 20
const FINGERPRINT_LEAST = 8
const COUNTERPARTY_LEAST = 20
/** Degrees from this on are one. */
const DEGREE_CAP = 16

/** Groups within which twins are looked for; stratum s has members[offsets[s]] … by time, stratum 0 all wallets. */
export type Strata = {
  readonly offsets: Int32Array
  readonly members: Int32Array
  /** ln of how many strata hold each wallet: what looking in all of them costs. */
  readonly penalty: Float64Array
}

/** Wallets may be alike in more than one respect, so strata overlap. O(incidences). */
export function twinStrata(incidences: Incidences, { order }: Behaviour): Strata {
  const { wallets, offsets, counterparty, degree, signature, signatures, nodes } = incidences
  const fingerprint = (i: number) => signature[i]! * (DEGREE_CAP + 1) + Math.min(degree[i]!, DEGREE_CAP)
  const firstFingerprint = 1 + signatures
  const firstNode = firstFingerprint + signatures * (DEGREE_CAP + 1)
  const sizes = new Int32Array(firstNode + nodes)
  const visit = (see: (stratum: number, wallet: number) => void) => {
    for (const i of order) {
      see(0, i)
      see(1 + signature[i]!, i)
      see(firstFingerprint + fingerprint(i), i)
      for (let place = offsets[i]!; place < offsets[i + 1]!; place++) see(firstNode + counterparty[place]!, i)
    }
  }
  visit((stratum) => sizes[stratum]!++)
  const least = (stratum: number) => {
    if (stratum === 0) return 1
    if (stratum < firstFingerprint) return SIGNATURE_LEAST
    return stratum < firstNode ? FINGERPRINT_LEAST : COUNTERPARTY_LEAST
  }
  const ends: number[] = [0]
  const next = sizes.map((size, stratum) => {
    if (size < least(stratum)) return -1
    return ends[ends.push(ends.at(-1)! + size) - 2]!
  })
  const members = new Int32Array(ends.at(-1)!)
  const held = new Int32Array(wallets)
  visit((stratum, wallet) => {
    if (next[stratum] === -1) return
    members[next[stratum]!++] = wallet
    held[wallet]!++
  })
  return { offsets: Int32Array.from(ends), members, penalty: Float64Array.from(held, Math.log) }
}

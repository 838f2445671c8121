import type { EntityMap } from '../clusters/entity-map.ts'
import { ORDINARY } from '../score/calibration.ts'
import type { EntityValues } from '../signals/signal.ts'
import { moveKinds } from '../simulation/chain.ts'
import type { Recording } from '../simulation/recorder.ts'

/**
 * What each entity really is, by most of the payments that it makes, or gets: an adversary, a class of honest users, or of no
 * class; null: there are none. Wallets that an adversary runs are an adversary's, whatever they pay for.
 */
export function entityTruth(
  { tape, addresses, names }: Recording,
  wallets: readonly string[],
  { of, count }: EntityMap,
  role: EntityValues['role'] = 'payer',
): (string | null)[] {
  const party = role === 'payer' ? tape.from : tape.to
  const entityOf = new Map(Array.from(of, (entity, wallet) => [wallets[wallet]!, entity]))
  const settled = moveKinds.indexOf('settled')
  const votes = Array.from({ length: count }, () => new Map<string, number>())
  for (let move = 0; move < tape.size; move += 1) {
    if (tape.kind[move] !== settled) continue
    const entity = entityOf.get(addresses[party[move]!]!)
    if (entity === undefined) continue
    const kind = names[tape.adversary[move]!] ?? names[tape.control[move]!] ?? ORDINARY
    const mine = votes[entity]!
    mine.set(kind, (mine.get(kind) ?? 0) + 1)
  }
  return votes.map((mine) => [...mine].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null)
}

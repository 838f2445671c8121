import type { Report } from '../report/report.ts'
import { gateWithout, type Reduced, speakingSignals } from '../score/reduced-evidence.ts'
import { smallestRemoval } from '../score/smallest-removal.ts'
import { FINDING_LEVEL } from '../signals/run-signal.ts'

type Card = Report['cards'][number]
type Fact = Card['gate']['removal'][number] & { readonly family: string }

export type GateFacts = {
  readonly values: Card['values']
  readonly certificates: Card['certificates']
  /** What its evidence rests on; null: transfers were not collected, and nobody is named. */
  readonly reduced: Reduced | null
  /** The same of its founding wallet by itself; null: not measured, or it is one wallet. */
  readonly alone: Reduced | null
}

const LINKS: Fact = { kind: 'links', id: 'the links between its wallets', family: 'links' }

/** Where an entity stands, and the fewest facts without which it stands lower. Its links are one fact. */
export function gateOf(facts: GateFacts): Card['gate'] {
  const { reduced } = facts
  const whole = reduced === null ? null : gateWithout(reduced, new Set())
  if (reduced !== null && whole !== null && whole.passes[0] === 1) return namedGate(reduced, facts.alone, whole)
  return listedGate(facts, whole?.posterior[0] ?? null)
}

function namedGate(reduced: Reduced, alone: Reduced | null, whole: ReturnType<typeof gateWithout>): Card['gate'] {
  const signals = speakingSignals(reduced).map(({ id, family }): Fact => ({ kind: 'signal', id, family }))
  const holds = (left: readonly Fact[]) => {
    const gone = new Set(signals.filter((fact) => !left.includes(fact)).map(({ id }) => id))
    const seen = alone === null || left.includes(LINKS) ? reduced : alone
    return gateWithout(seen, gone).passes[0] === 1
  }
  const { removal, exact } = removalOf(alone === null ? signals : [...signals, LINKS], holds)
  return { level: 'named', posterior: whole.posterior[0]!, families: whole.families, removal, exact }
}

/** A certificate speaks of payments, which no link between wallets changes. */
function listedGate({ values, certificates, alone }: GateFacts, posterior: number | null): Card['gate'] {
  const flagged = values.filter((row) => row.flagged)
  const signals = [...flagged, ...certificates].map(
    ({ signal, family }): Fact => ({ kind: 'signal', id: signal, family }),
  )
  const standsAlone = (id: string) => {
    const row = flagged.find(({ signal }) => signal === id)
    return row === undefined || (row.alone?.qValue ?? 1) <= FINDING_LEVEL
  }
  const holds = (left: readonly Fact[]) =>
    left.some((fact) => fact !== LINKS && (alone === null || left.includes(LINKS) || standsAlone(fact.id)))
  const { removal, exact } = removalOf(alone === null ? signals : [...signals, LINKS], holds)
  const families = [...new Set(signals.map(({ family }) => family))].sort()
  return { level: families.length > 0 ? 'listed' : 'none', posterior, families, removal, exact }
}

function removalOf(facts: readonly Fact[], holds: (left: readonly Fact[]) => boolean) {
  const { removal, exact } = smallestRemoval(facts, ({ family }) => family, holds)
  return { removal: removal.map(({ kind, id }) => ({ kind, id })), exact }
}

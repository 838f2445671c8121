import type { PartyLabel } from '../features/party-notes.ts'
import type { Report } from '../report/report.ts'
import type { FalsePositive, Signal } from '../signals/signal.ts'
import { count, type Known } from './against.ts'
import type { Conduct } from './counter-evidence.ts'

type Benign = Report['cards'][number]['benign'][number]
type Facts = { readonly conduct: Conduct; readonly labels: readonly PartyLabel[]; readonly known: Known }
type Said = { readonly kept: boolean; readonly why: string }

/** What the ledger can tell of an explanation, by its id; nothing where no rule speaks. */
const rules: { readonly [id: string]: (facts: Facts) => Said | null } = {
  'self-test': ({ conduct }) => disclosed(conduct),
  'launch-tester': ({ conduct }) =>
    disclosed(conduct) ??
    (conduct.late * 2 > conduct.made
      ? {
          kept: false,
          why: `${conduct.late} of its ${count(conduct.made, 'payment')} came more than 30 days after the payee was first paid, when a launch is over.`,
        }
      : null),
  'airdrop-hunter': ({ conduct, known }) =>
    known.rewards && Number.isNaN(conduct.lastReward)
      ? { kept: false, why: 'No reward that the ledger holds went to it or was for it.' }
      : null,
  'provider-consumer': ({ conduct }) => oneSided(conduct),
  'agent-chain': ({ conduct }) => oneSided(conduct),
  'settlement-contract': ({ labels }) => labelled(labels, ['contract', 'router', 'relayer', 'facilitator']),
  'shared-account': ({ labels }) => labelled(labels, ['exchange', 'deposit']),
  gateway: ({ labels }) => labelled(labels, ['relayer', 'bundler', 'paymaster', 'facilitator', 'router']),
  employer: ({ labels }) => labelled(labels, ['team']),
}

/**
 * The explanations of the signals that speak of an entity, each kept or ruled out with the reason: by construction of the
 * signal, or by what the ledger holds. What no rule speaks of stays open.
 */
export function benignOf(signals: readonly Signal[], facts: Facts): Benign[] {
  return signals.flatMap((signal) =>
    signal.falsePositives.map((story) => ({ signal: signal.id, id: story.id, ...weigh(story, facts) })),
  )
}

function weigh({ id, staysOpen, mitigation }: FalsePositive, facts: Facts): Said {
  if (!staysOpen) return { kept: false, why: mitigation }
  return rules[id]?.(facts) ?? { kept: true, why: 'Nothing in this ledger speaks against it.' }
}

function disclosed({ tests, made }: Conduct): Said | null {
  return tests === 0
    ? null
    : { kept: true, why: `The operators disclose ${tests} of its ${count(made, 'payment')} as tests.` }
}

function oneSided({ made, received }: Conduct): Said | null {
  if (made > 0 && received > 0) return null
  return {
    kept: false,
    why: made === 0 ? 'It is paid and pays for nothing.' : 'It pays and is never paid for a usage.',
  }
}

function labelled(labels: readonly PartyLabel[], kinds: readonly string[]): Said | null {
  const found = labels.find(({ kind }) => kinds.includes(kind))
  if (found === undefined) return null
  return {
    kept: true,
    why: `One of its wallets is labelled ${found.kind}${found.name === null ? '' : ` (${found.name})`} by ${found.source}.`,
  }
}

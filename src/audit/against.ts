import type { Report } from '../report/report.ts'
import type { Conduct } from './counter-evidence.ts'
import { isoTime } from './iso-time.ts'

type Against = Report['cards'][number]['against'][number]

/** What the ledger was able to tell. */
export type Known = { readonly transfers: boolean; readonly rewards: boolean; readonly labels: boolean }

/** Counter-evidence in words: what an honest customer does and a loop has no reason to. */
export function againstOf(conduct: Conduct, known: Known): Against[] {
  return [unrelatedPayees(conduct, known), outsideFunding(conduct, known), afterRewards(conduct, known)]
}

function unrelatedPayees(
  { payees, relatedPayees, unknownPayees, payers, made }: Conduct,
  { transfers }: Known,
): Against {
  const id = 'unrelated-payees'
  if (made === 0) {
    return {
      id,
      text: `It pays nobody; ${count(payers, 'other entity pays it', 'other entities pay it')}.`,
      speaks: payers > 1,
    }
  }
  const paid = `It paid ${count(payees, 'entity', 'entities')} outside itself`
  if (!transfers)
    return { id, text: `${paid}; who funded them is not known, since transfers were not collected.`, speaks: null }
  const unrelated = payees - relatedPayees - unknownPayees
  const text = `${paid}: ${relatedPayees} linked to it by their first funder, ${unrelated} not, and ${unknownPayees} whose funder the ledger did not see.`
  return { id, text, speaks: unrelated > 1 ? true : unknownPayees > 1 ? null : false }
}

function outsideFunding({ inbound, inboundFromServices }: Conduct, { transfers, labels }: Known): Against {
  const id = 'external-funding'
  if (!transfers || !labels) {
    const missing = transfers ? 'no address is labelled as an exchange or bridge' : 'transfers were not collected'
    return { id, text: `Whether it was funded from outside is not known: ${missing}.`, speaks: null }
  }
  const text = `${inboundFromServices} of ${count(inbound, 'transfer')} to it came from labelled exchanges, bridges and other services.`
  return { id, text, speaks: inboundFromServices > 0 }
}

function afterRewards({ lastReward, madeAfterReward, made }: Conduct, { rewards }: Known): Against {
  const id = 'after-rewards'
  if (!rewards)
    return { id, text: 'Whether it went on after rewards is not known: rewards were not collected.', speaks: null }
  if (Number.isNaN(lastReward))
    return { id, text: 'No reward that the ledger holds went to it or was for it.', speaks: true }
  const text = `${madeAfterReward} of its ${count(made, 'payment')} came more than 14 days after its last reward, at ${isoTime(lastReward)}.`
  return { id, text, speaks: madeAfterReward > 0 }
}

export const count = (n: number, noun: string, many = `${noun}s`) => `${n} ${n === 1 ? noun : many}`

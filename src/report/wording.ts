import { type AssetName, formatAmount } from './assets.ts'
import { clipName, formatCount, formatPercent, plural } from './format.ts'
import type { Measure, Report, ReportFinding } from './report.ts'

export const measures: readonly Measure[] = ['value', 'count', 'units', 'users']

const nouns: Record<Measure, string> = { value: 'value', count: 'payments', units: 'units', users: 'users' }

export const publishedNames = {
  L0: 'certified by what the chain proves alone (W0 and W1)',
  L1: 'lower bound at 95 % on what payers that are not honest spend, if honest users look like one of the simulated controls',
  P: 'central estimate',
  U1: 'upper bound: all that is not certified organic',
  audited: 'from payments that a person labelled',
} as const

export const levelMeanings: Readonly<Record<string, string>> = {
  W0: 'the payer is the payee, or one key owns both',
  W1: 'the value provably returns to the payer',
  W2: 'one entity by ownership evidence',
  W3: 'a cohort in lockstep, without independent demand',
  W4: 'real counterparties, but activity that exists for the counter',
  organic: 'positive evidence of independent demand',
  undetermined: 'neither shown to be wash usage nor to be organic',
}

/** `Closed loop: value provably returned` as name and meaning; a title without a colon gets the meaning of its level. */
export function levelText({ level, title, note }: Report['ladder'][number]): { name: string; meaning: string } {
  const [name = '', ...rest] = title.split(': ')
  const meaning = rest.length === 0 ? (levelMeanings[level] ?? '') : rest.join(': ')
  return { name: clipName(name), meaning: note === null ? meaning : `${meaning}. ${note}` }
}

export const followUpMeaning = 'window not covered; counted, never clean'

/** The question of every audit, answered in one sentence. */
export function headline(report: Report): string {
  const l0 = (['count', 'value'] as const).map((measure) => ({ measure, share: report.published[measure].L0 }))
  const known = l0.flatMap(({ measure, share }) => (share.status === 'measured' ? [{ measure, ...share }] : []))
  const [missing] = l0.flatMap(({ share }) => (share.status === 'unavailable' ? [share.reason] : []))
  if (report.reported.count === 0) return 'The ledger holds no usage in this window, so there is nothing to audit.'
  if (known.length === 0)
    return `How much of the reported usage is consistent with wash usage could not be measured: ${missing ?? 'no reason given'}.`
  const shown = known.filter(({ low }) => low > 0)
  const possible = known.filter(({ high }) => high > 0)
  const proof = 'are consistent with wash usage by what the chain proves alone (L0)'
  if (shown.length > 0)
    return `At least ${list(shown.map((row) => part(row.measure, formatPercent(row.low, 'down'))))} ${proof}; ${rest(report)}.`
  if (possible.length > 0)
    return `Up to ${list(possible.map((row) => part(row.measure, formatPercent(row.high, 'up'))))} ${proof}, none under every return rule tried; ${rest(report)}.`
  return 'No payment is consistent with wash usage by what the chain proves alone (L0); the rest is undetermined, not clean.'
}

const part = (measure: Measure, percent: string) => `${percent} of ${nouns[measure]}`

const list = (parts: readonly string[]) => parts.join(' and ')

function rest(report: Report): string {
  const organic = report.ladder.find(({ level }) => level === 'organic')?.count
  if (organic?.status !== 'measured' || organic.share === 0) return 'the rest is undetermined'
  return `${formatPercent(organic.share, 'down')} of payments are certified organic and the rest is undetermined`
}

export type Reason = { readonly reason: string; readonly what: readonly string[] }

/** Published values that could not be measured, one line a reason: sixteen empty cells have two or three causes. */
export function unavailableValues(report: Report, names: readonly (keyof typeof publishedNames)[]): Reason[] {
  const reasons = new Map<string, string[]>()
  for (const name of names) {
    const byReason = new Map<string, Measure[]>()
    for (const measure of measures) {
      const cell = report.published[measure][name]
      if (cell.status === 'unavailable') byReason.set(cell.reason, [...(byReason.get(cell.reason) ?? []), measure])
    }
    for (const [reason, missing] of byReason) {
      const what = missing.length === measures.length ? name : `${name} by ${missing.join(', ')}`
      reasons.set(reason, [...(reasons.get(reason) ?? []), what])
    }
  }
  return [...reasons].map(([reason, what]) => ({ reason, what }))
}

/** Of what came back, where the finding lists the transfers and no single one repays a payment. */
export const OVER_OTHERS = 'over other wallets, by the transfers below'

type Return = ReportFinding['returns'][number]

/**
 * What became of a return. Matched with nothing, it is in another asset than was paid, or it is late or more than
 * was paid; a finding that lists a payment in its asset leaves only the latter.
 */
export function returnOutcome({ chain, asset, matched }: Return, { payments }: ReportFinding, name: AssetName): string {
  if (!/^0+$/.test(matched)) return `${formatAmount(matched, asset, name)} matched`
  return payments.some((payment) => payment.chain === chain && payment.asset === asset)
    ? 'not matched: past the window or beyond what was paid, listed and not counted by value'
    : 'another asset than was paid, or past the window: listed and not counted by value'
}

/** What a signal did, where "found nothing" and "could not look" never read alike. */
export function signalOutcome(result: Report['signals'][number]['result']): string {
  switch (result.status) {
    case 'measured':
      return result.findings === 0
        ? `nothing found, ${testedCount(result)}`
        : `${plural(result.findings, 'finding')}, ${testedCount(result)}`
    case 'unavailable':
      return `could not look: no ${result.missing.join(', ')}`
    case 'insufficient':
      return `could not look: ${result.reason}`
    case 'error':
      return `could not look, an error of washboard: ${result.message}`
  }
}

function testedCount({ tested, entities }: { tested: number; entities: { tested: number } | null }): string {
  return entities === null ? `${formatCount(tested)} tested` : `${plural(entities.tested, 'entity', 'entities')} tested`
}

/** The signature: how many of those that could be tested; never a probability. */
export function tokenmaxxingOutcome({ fired, testable, total, reason }: Report['tokenmaxxing']): string {
  if (testable === 0) return `could not look, 0 of ${total} testable${reason === null ? '' : `: ${reason}`}`
  return `${fired} of ${testable} testable patterns found, ${total} in all${reason === null ? '' : ` (${reason})`}`
}

/** What the report cannot tell, in the words of this report's own numbers. */
export function limits(report: Report): string[] {
  const { accounting, unpriced, rejects, config, calibration } = report
  return [
    'This is evidence, not a verdict. A payment that is consistent with wash usage can have a benign explanation; the ones left open stand beside each payment.',
    'L0 counts only what the chain proves without a model: the payer is the payee, or value came back. Wash usage that leaves no such trace is undetermined here, not absent.',
    `L1 assumes honest users look like one of these controls: ${calibration.classes.join(', ')}, in ${plural(calibration.worlds, 'simulated market')}; its range leaves out one after the other. It bounds all that such payers spend, honest purchases that hide the others among it, and says nothing of who they are.`,
    'Certified organic is what has positive evidence of demand of its own, from labels of exchanges and bridges above all. Honest usage without it is undetermined, and U1 counts it in.',
    `A return counts when at least ${formatPercent(config.returnShare)} of a payment came back within ${plural(config.returnWindowDays, 'day')}. The range of L0 shows what other rules give.`,
    `${plural(accounting.followUp.incomplete, 'payment')} without complete follow-up: ${followUpMeaning}.`,
    `${plural(accounting.unsettledUsages, 'paid usage', 'paid usages')} without a transfer of its own in the ledger.`,
    `${formatPercent(unpriced.share)} of the counted usages carry no value that could be measured; the value measure leaves them out, the count measure does not.`,
    `${plural(rejects.total, 'row')} could not be stored exactly and stand apart as rejects.`,
    ...(report.incomplete ? ['Coverage has gaps that the user allowed: figures hold only for what was covered.'] : []),
  ]
}

/** How a reader who trusts nobody checks the report. */
export function howToVerify(report: Report): { readonly text: string; readonly command: string | null }[] {
  return [
    {
      text: `Compare the ledger: its hash must be ${report.ledgerHash}.`,
      command: 'washboard hash --ledger <ledger>',
    },
    {
      text: `Audit it again with washboard ${report.version}, seed ${report.config.seed} and the same window and prices: report.json comes out byte for byte the same.`,
      command: `washboard audit --ledger <ledger> --seed ${report.config.seed} --output again.json`,
    },
    {
      text: 'Open any transaction hash in a block explorer of your choice and read the transfer there.',
      command: null,
    },
    {
      text: 'Collect the same blocks from another node into a new ledger: the hashes of first and last block must match.',
      command: 'washboard collect <network> --ledger again.duckdb --from <block> --to <block>',
    },
  ]
}

/** What a comparison with an independent answer says of logs that a source may have left out. */
export function verificationText({ checked, powerAtHalfPercent, shareSeen }: Report['verification'][number]): string {
  if (checked === 0) return 'Omissions: not looked for, no independent answer was compared'
  const percent = (share: number) => `${(share * 100).toPrecision(3).replace(/\.?0+$/, '')} %`
  return `Omissions: ${checked} logs compared with an independent answer; had 0.5 % of logs been missing, this would have seen it with ${percent(Math.floor(powerAtHalfPercent * 1000) / 1000)}, and ${percent(shareSeen)} with 99 %`
}

/** What the coverage lets a reader rely on. A file holds what its exporter put into it: nobody here can tell the rest. */
export function coverageState(report: Report): { readonly text: string; readonly tone: 'good' | 'plain' | 'warning' } {
  if (report.incomplete) return { text: 'Incomplete: gaps were allowed', tone: 'warning' }
  const collected = report.coverage.some((row) => !row.method.startsWith('file'))
  const files = report.coverage.some((row) => row.method.startsWith('file'))
  if (!collected) return { text: 'Files: as complete as their exports', tone: 'plain' }
  return { text: files ? 'Chains covered; files as complete as their exports' : 'Coverage without gaps', tone: 'good' }
}

import type { TextTable } from './adoption-text.ts'
import { statementText } from './contest-text.ts'
import { clipName, formatCount, idTitle, plural, shortAddress } from './format.ts'
import type { Report } from './report.ts'
import { formatProbability, formatStatistic } from './tested-text.ts'

type Card = Report['cards'][number]

/** A line of a card: what it is about, and what it says. */
export type CardLine = { readonly label: string; readonly text: string }

export const cardTitle = ({ wallet, wallets }: Card): string =>
  wallets === 1 ? clipName(wallet) : `${clipName(wallet)} and ${plural(wallets - 1, 'linked wallet')}`

const levels: Readonly<Record<Card['gate']['level'], string>> = {
  named: 'Named: posterior of .85 or more and two families, one of ownership, value or lockstep.',
  listed: 'Listed: some evidence, not enough to name it.',
  none: 'Neither named nor listed.',
}

/** What is known for and against, line by line, in the order in which every renderer prints it. */
export function cardLines(card: Card): CardLine[] {
  const { payments, certificates, against, benign, contested } = card
  return [
    ...contested.map((statement) => ({ label: 'Contested', text: statementText(statement) })),
    { label: 'Standing', text: `${levels[card.gate.level]} ${posteriorText(card)}${familiesText(card)}` },
    {
      label: 'Payments',
      text: `${formatCount(payments.made)} made (${formatCount(payments.W0)} certified W0, ${formatCount(payments.W1)} W1), ${formatCount(payments.received)} received.`,
    },
    ...certificates.map(({ signal, family, findings }) => ({
      label: 'Certificate',
      text: `${clipName(signal)} (${clipName(family)})${findings.length === 0 ? '' : `: ${findings.map(clipName).join(', ')}`}`,
    })),
    ...against.map(({ text, speaks }) => ({ label: speaksLabel(speaks), text })),
    ...benign.map(({ signal, id, kept, why }) => ({
      label: kept ? 'Left open' : 'Ruled out',
      text: `${idTitle(clipName(id))} (${clipName(signal)}): ${why}`,
    })),
    { label: 'Hangs on', text: removalText(card) },
  ]
}

const speaksLabel = (speaks: boolean | null) => (speaks === null ? 'Not known' : speaks ? 'Against' : 'Not against')

const posteriorText = ({ gate }: Card) =>
  gate.posterior === null ? '' : `Posterior ${formatProbability(gate.posterior)}. `

function familiesText({ gate }: Card): string {
  return gate.families.length === 0 ? 'No family speaks of it.' : `Families: ${gate.families.map(clipName).join(', ')}.`
}

function removalText({ gate }: Card): string {
  if (gate.removal.length === 0) return 'It stands on the lowest level already.'
  const facts = gate.removal.map(({ kind, id }) => (kind === 'links' ? clipName(id) : `what ${clipName(id)} says`))
  const fewer = gate.exact ? '' : ' (found family by family; fewer may do)'
  return `Without ${facts.join(' and ')} it would no longer be ${gate.level}${fewer}.`
}

/** Every signal that tested the entity, flagged or not; null where none did. */
export function cardTable({ values }: Card): TextTable | null {
  if (values.length === 0) return null
  return {
    caption: 'What each signal measured',
    header: ['Signal', 'Family', 'As', 'Statistic', 'p', 'q', 'Flagged', 'q by itself', 'Some transactions'],
    rows: values.map((row) => [
      ...[clipName(row.signal), clipName(row.family), row.role, formatStatistic(row.statistic)],
      ...[formatProbability(row.pValue), formatProbability(row.qValue), row.flagged ? 'yes' : 'no'],
      row.alone === null ? 'not measured' : formatProbability(row.alone.qValue),
      row.transactions.length === 0 ? 'none listed' : row.transactions.map((hash) => shortAddress(hash)).join(', '),
    ]),
    numeric: [3, 4, 5, 7],
  }
}

import type { AssetName } from './assets.ts'
import { formatAmount } from './assets.ts'
import { formatCount, isoMinute, plural } from './format.ts'
import type { ReportFinding } from './report.ts'

/** A p- or q-value to two digits; a small one in powers of ten. */
export function formatProbability(value: number): string {
  if (value === 0) return '< 1e-300'
  return value < 0.001 ? value.toExponential(1) : String(Number(value.toPrecision(2)))
}

/** A statistic to four digits, whole numbers whole. */
export function formatStatistic(value: number | null): string {
  if (value === null) return '∞'
  return Number.isInteger(value) ? formatCount(value) : String(Number(value.toPrecision(4)))
}

/** `statistic 5, p 0.0012, q 0.02`; null for a certificate. */
export function testedText({ tested }: ReportFinding): string | null {
  if (tested === null) return null
  const { statistic, pValue, qValue } = tested
  return `statistic ${formatStatistic(statistic)}, p ${formatProbability(pValue)}, q ${formatProbability(qValue)}`
}

export const shownCaption = ({ transfers }: ReportFinding): string =>
  `${plural(transfers.length, 'transfer')} that show it`

type Shown = ReportFinding['transfers'][number]

export const shownTime = ({ time }: Shown): string => (time === null ? 'time unknown' : isoMinute(time))

export function shownAmount(
  { chain, asset, amount }: Shown,
  nameOf: (chain: string, asset: string | null) => AssetName,
) {
  return formatAmount(amount, asset, nameOf(chain, asset))
}

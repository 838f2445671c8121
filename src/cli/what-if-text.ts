import { formatNumber, formatPercent } from '../report/format.ts'
import type { Reward } from '../workflows/incentives/describe-span.ts'
import type { Simulated } from '../workflows/incentives/what-if.ts'
import { amountText, assetText } from './amount-text.ts'

/** What other terms would change, with everything that is assumed. */
export function whatIfLines(simulated: Simulated, [reward]: readonly Reward[]): string[] {
  if (simulated.status === 'unavailable') return [`  What if ${simulated.what}: unavailable, ${simulated.reason}.`]
  const { what, levels, leakage, counted, assumptions } = simulated
  const amount = (value: number) =>
    reward === undefined ? formatNumber(value) : amountText(reward, BigInt(Math.round(value)).toString())
  const unit = reward === undefined ? '' : ` ${assetText(reward)}`
  const spread = ({ value, low, high }: { readonly value: number; readonly low: number; readonly high: number }) =>
    `${amount(value)} [${amount(low)}, ${amount(high)}]`
  const all = (of: 'before' | 'after') => levels.reduce((sum, level) => sum + level[of], 0)
  const part = (of: 'before' | 'after') => (all(of) === 0 ? '–' : formatPercent(leakage[of].value / all(of)))
  return [
    `  What if ${what}: rewards ${amount(all('before'))} → ${amount(all('after'))}${unit}, counted ${formatNumber(counted.before)} → ${formatNumber(counted.after)}`,
    `    to W0 to W4: ${spread(leakage.before)} → ${spread(leakage.after)}, ${part('before')} → ${part('after')} of all`,
    ...levels
      .filter(({ before, after }) => before > 0 || after > 0)
      .map(({ level, before, after }) => `    ${level}: ${amount(before)} → ${amount(after)}`),
    ...assumptions.map((one) => `    Assumed: ${one}`),
  ]
}

import { escapeTerminal } from '../report/escape.ts'
import { compactDecimal, formatCount, formatNumber, formatPercent, isoDate, plural } from '../report/format.ts'
import { pad } from '../report/terminal-text.ts'
import type { IncentiveProgramme } from '../workflows/incentives/describe-programme.ts'
import type { IncentiveSpan, Reward } from '../workflows/incentives/describe-span.ts'
import type { Incentives } from '../workflows/incentives/incentives.ts'
import type { Estimate, Profit } from '../workflows/incentives/profit.ts'
import { amountText, assetText } from './amount-text.ts'
import { whatIfLines } from './what-if-text.ts'

/** The last epochs of a programme that are printed; all stand in --json. */
const EPOCHS = 12

/** Programmes one after the other, for a terminal of any width. */
export function incentivesText({ programmes, without, gas }: Incentives): string {
  return [
    ...programmes.flatMap((programme) => [...programmeLines(programme), '']),
    ...without.map(({ programme, reason }) => `${programme}: unavailable, ${reason}.`),
    'A user takes the level that covers at least half of its usage while the programme ran; W4 stands beside all others on the',
    'ladder, and here rewards count once. [a, b]: 95 % over entities drawn again; where no usage was found that stops at a target, b',
    'counts all whose usage does, for whatever reason. Level range: what W0 and W1 got, to all but certified organic users whose',
    'usage stops at no target.',
    `Gas: ${gas.reason}. A level says how usage looks, not what its users intend.`,
  ]
    .map(escapeTerminal)
    .join('\n')
}

const countedWords = { value: 'value', units: 'units', uses: 'single uses' } as const

function programmeLines({ programme, protocol, basis, countedAs, whole, epochs, missing, whatIf }: IncentiveProgramme) {
  const unknown = whole.unknown === 0 ? '' : `; ${plural(whole.unknown, 'amount')} not known`
  const read = basis === 'windows' ? 'windows that tell their reward' : 'records of rewards'
  return [
    `${programme} (${protocol}), to ${isoDate(whole.to)}`,
    `  counts ${countedWords[countedAs]}; ${plural(whole.grants, 'grant')} in ${plural(epochs.length, 'epoch')}, from ${read}${unknown}`,
    ...spanLines(whole),
    '',
    ...table(
      ['level', 'users', 'rewards [95 %]', 'share', 'uses', 'cost', 'pays nothing at', 'rewards/cost'],
      levelRows(whole),
    ),
    ...whole.levels.flatMap(({ level, users, profit }) =>
      users > 0 && profit.status === 'unavailable' ? [`  ${level}: break-even unavailable, ${profit.reason}.`] : [],
    ),
    ...missing.map(({ level, reason }) => `  ${level}: unavailable, ${reason}.`),
    '',
    ...table(['epoch', 'to', 'rewards', 'W0 to W4 [95 %]', 'level range'], epochs.slice(-EPOCHS).flatMap(epochRows)),
    ...(epochs.length > EPOCHS ? [`  The ${epochs.length - EPOCHS} epochs before stand in --json.`] : []),
    ...whatIf.flatMap((one) => ['', ...whatIfLines(one, whole.rewards)]),
  ]
}

function spanLines({ rewards, counter }: IncentiveSpan): string[] {
  return rewards.map((all, i) => {
    const [together, low, high] = [counter.together[i]!, counter.L0[i]!, counter.U1[i]!]
    const usd = all.usd === null ? '' : ` (${compactDecimal(all.usd)} USD)`
    return `  ${amountText(all, all.amount)} ${assetText(all)}${usd}; to W0 to W4 ${share(together, all)} ${rangeText(together, all)}, level range ${share(low, all)} to ${share(high, all)}`
  })
}

function levelRows({ levels, rewards }: IncentiveSpan): string[][] {
  return levels.flatMap(({ level, users, rewards: own, usages, costs, profit }) =>
    own
      .filter(({ amount }) => amount !== '0')
      .map((reward) => {
        const all = rewards.find(
          ({ asset }) => asset.chain === reward.asset.chain && asset.asset === reward.asset.asset,
        )!
        const cost = costs.map(
          ({ asset, fees, leakage }) =>
            `${amountText({ asset }, String(BigInt(fees) + BigInt(leakage)))} ${assetText({ asset })}`,
        )
        return [
          ...[
            level,
            formatCount(users),
            `${amountText(reward, reward.amount)} ${rangeText(reward, null)}`,
            share(reward, all),
          ],
          ...[formatCount(usages), cost.join(' + ') || '–', breakEven(profit), financing(profit)],
        ]
      }),
  )
}

function epochRows({ name, to, rewards, counter }: IncentiveSpan): string[][] {
  return rewards.map((all, i) => {
    const [together, low, high] = [counter.together[i]!, counter.L0[i]!, counter.U1[i]!]
    return [
      ...[name, isoDate(to), `${amountText(all, all.amount)} ${assetText(all)}`],
      `${amountText(together, together.amount)} ${rangeText(together, null)}`,
      `${amountText(low, low.amount)} to ${amountText(high, high.amount)}`,
    ]
  })
}

function breakEven(profit: Profit): string {
  if (profit.status === 'unavailable') return '–'
  const { breakEvenRate, breakEvenShare, unit } = profit
  const rate = breakEvenRate === null ? '' : `${estimateText(breakEvenRate, formatNumber)} ${unit} a unit, `
  return `${rate}${estimateText(breakEvenShare, formatPercent)} of what was paid`
}

function financing(profit: Profit): string {
  if (profit.status === 'unavailable') return '–'
  return profit.selfFinancing === null ? 'no cost' : formatNumber(profit.selfFinancing)
}

function estimateText({ value, low, high }: Estimate, format: (value: number) => string): string {
  return low === null || high === null ? format(value) : `${format(value)} [${format(low)}, ${format(high)}]`
}

/** Ends of an interval: as shares of a whole, or as amounts. */
function rangeText(reward: Reward, whole: Reward | null): string {
  const end = (value: number) =>
    whole === null
      ? amountText(reward, BigInt(Math.round(value)).toString())
      : formatPercent(Math.min(1, value / Number(whole.amount)))
  return `[${end(reward.low)}, ${end(reward.high)}]`
}

function share({ amount }: Reward, whole: Reward): string {
  return whole.amount === '0' ? '–' : formatPercent(Number(amount) / Number(whole.amount))
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = header.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i]!.length)))
  return [header, ...rows].map((row) => `  ${row.map((cell, i) => pad(cell, widths[i]!)).join('  ')}`.trimEnd())
}

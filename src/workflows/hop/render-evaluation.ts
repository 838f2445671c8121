import type { Estimate } from './compare-rankings.ts'
import type { HopEvaluation } from './evaluate-hop.ts'
import type { ServiceMerges } from './service-merges.ts'
import type { NullResult, StressResult } from './stress-hop.ts'

/** What the prototype, in another language, measured on all wallets and on those kept back: AP / recall at 1 %. */
const PROTOTYPE: readonly string[] = [
  '.894 / .652, .800 / .564',
  '.824 / .312, .727 / .298',
  '.801 / .288, .705 / .278',
  '.890 / .647, .793 / .556',
  '.851 / .618, .696 / .473',
  '.878 / .609, .783 / .540',
  '.846 / .517, .752 / .457',
  '.785 / .402, .695 / .393',
]

/** The comparison as Markdown. */
export function renderEvaluation({ positives, negatives, groups, methods, ...rest }: HopEvaluation): string[] {
  const { threshold, clusters } = rest
  return [
    `Ranked: ${count(positives)} wallets labelled as linked against ${count(negatives)} found eligible; all others have no label here.`,
    `Intervals: 95 %, 1,000 samples of ${count(groups)} groups (the approved group of a linked wallet; of any other its component under the degree cap), the same for all methods.`,
    '',
    '| method | average precision | recall at 1 % false positives | lead in AP | lead in recall |',
    '|---|---|---|---|---|',
    ...methods.map(({ name, quality, lead }, k) => {
      const leads = k === 0 ? '| |' : `| ${signed(lead.averagePrecision)} | ${signed(lead.recall)} |`
      return `| ${name} | ${interval(quality.averagePrecision)} | ${interval(quality.recall)} ${leads}`
    }),
    '',
    `Score at 1 % false positives: ${threshold.toFixed(3)}. ` +
      `${count(clusters.cohorts)} clusters of 8 wallets or more hold ${count(clusters.walletsInCohorts)} wallets, the largest ${count(clusters.largest)}. ` +
      `Of the ${count(clusters.rawComponent)} wallets in the largest component of the raw graph no cluster holds more than ${count(clusters.largestInRaw)} (${percent(clusters.largestInRaw / clusters.rawComponent)}).`,
  ]
}

export function renderNulls(results: readonly NullResult[], wallets: number, threshold: number): string[] {
  return [
    `Worlds without related wallets (edges rewired within their kind and chain, in- and outdegrees kept; sizes exchanged among wallets that began together), clustered anew, at the score ${threshold.toFixed(3)}:`,
    '',
    '| world | wallets flagged | share | wallets in clusters ≥ 8 | coordination |',
    '|---|---|---|---|---|',
    ...results.map(
      ({ world, flagged, walletsInCohorts, coordination }) =>
        `| ${world} | ${count(flagged)} | ${percent(flagged / wallets)} | ${count(walletsInCohorts)} | ${coordination.toFixed(3)} |`,
    ),
  ]
}

export function renderStress(results: readonly StressResult[]): string[] {
  return [
    'The prototype was measured on other labels, so compare what each line loses against the first.',
    '',
    '| attack or loss | AP / recall here | coordination | largest cluster | prototype: all wallets, kept back |',
    '|---|---|---|---|---|',
    ...results.map(
      ({ name, averagePrecision, recall, coordination, clusters }, k) =>
        `| ${name} | ${averagePrecision.toFixed(3)} / ${recall.toFixed(3)} | ${coordination.toFixed(2)} | ${count(clusters.largest)} | ${PROTOTYPE[k]} |`,
    ),
  ]
}

export function renderServices({ services, large, withoutList, withList, kept, quality }: ServiceMerges): string[] {
  const line = (name: string, of: ServiceMerges['withList']) =>
    `| ${name} | ${count(of.links)} | ${count(of.byServices)} | ${count(of.byLarge)} | ${count(of.oneGroup)} of ${count(of.labelled)} |`
  return [
    `${count(services)} listed addresses deal with two wallets or more, ${count(large)} of them with more than 50 counterparties.`,
    '',
    '| run | links that join | joined by listed addresses alone | of these by one with > 50 counterparties | both labelled: in one approved group |',
    '|---|---|---|---|---|',
    line('list not read', withoutList),
    line('list as labels', withList),
    '',
    `Wallets that listed addresses alone keep in their cluster (of 8 or more) where the list is not read: ${count(kept)}. The lists name deposit addresses, which are one customer's, and people of many transfers as well as services.`,
    '',
    `With the list as labels: AP ${quality.averagePrecision.toFixed(3)}, recall ${quality.recall.toFixed(3)}.`,
  ]
}

const count = (n: number) => n.toLocaleString('en-US')
const percent = (share: number) => `${(100 * share).toFixed(share < 0.01 ? 3 : 1)} %`
const interval = ({ value, low, high }: Estimate) => `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`
const plus = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`
const signed = ({ value, low, high }: Estimate) => `${plus(value)} [${plus(low)}, ${plus(high)}]`

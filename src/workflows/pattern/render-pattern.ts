import type { Covered } from '../evaluate-score.ts'
import { markdownTable, percent } from '../evaluation-text.ts'
import { type PatternEvaluation, SHARES, STAKING, TARGETS, USERS } from './evaluate-pattern.ts'
import type { PatternRow } from './pattern-rows.ts'
import type { Coverage } from './reward-coverage.ts'

/** DESIGN §9. */
const LEAST_WORLDS = 1_000
const BOUNDS = { low: 0.94, high: 0.99 }

/** The page of the pattern's tests and of rewards as Markdown. */
export function renderPattern(evaluation: PatternEvaluation, machine: string, command: string): string {
  const { options, rows, signature, coverage } = evaluation
  const { patternSeeds, firstSeed } = options
  return `# Evaluation of the pattern and of rewards

Made by \`${command}\`; do not edit. ${machine} Seeds from ${firstSeed}; thresholds were chosen on seeds below 1,000.

One kind of market in all worlds: about ${USERS} users (a Poisson number) over fourteen weeks, half of whom need three requests a
week or more; for eight of these weeks one programme pays whoever reaches a target, and another ranks users in public. Stoppers let
a program ask one more than the target instead, padders ask themselves so often, racers ask for a place on the board as a week ends.

## Rewards to those who work for the target

${percent(STAKING.stoppers)} of users stop at the target and ${percent(STAKING.padders)} pay themselves, on average. The interval of 95 % over entities speaks of users of
that population, and so is held against what they get on average over all worlds; beside it, against what they got in the same world,
of which it makes no claim. It fails where it holds in less than ${percent(BOUNDS.low)} of worlds at most, or in more than ${percent(BOUNDS.high)} at least, by exact
one-sided bounds of 99 %. Whether usage stops for a target is uncertain itself: the range of the level, L0 to U1, is a pair of one-sided
bounds on what planted users got in that world. ${LEAST_WORLDS} worlds are asked for.

### A target of ${TARGETS.high} requests, which one of five weeks reaches by need

${coverageText(coverage.high)}

### A target of ${TARGETS.middle} requests, in the middle of what users need

Half of all honest weeks stop near such a target by chance, so that the level of a user tells less.

${coverageText(coverage.middle)}

## Tests of the pattern

${patternSeeds} worlds for each share of users that work for a counter (half of them stoppers, a quarter padders and racers each). Size:
p-values of at most .05 and .01 in worlds in which nobody does, of those in which it could be tested; a test is too large where the
lower bound is above the level. Power: p-values of at most .05, and in brackets how often it fired, with a false discovery rate of
.05 among all tests of a report. Bounds are exact and one-sided, of 99 %. A test fires on what it is about: racing says nothing of targets.
H10 asks whether usage pays for itself, which it may where nobody works for a counter: these worlds are no null of it.

${markdownTable(
  [
    'test',
    'testable',
    'size at .05',
    'bounds',
    'size at .01',
    'bounds',
    ...SHARES.slice(1).map((share) => `power at ${percent(share)}`),
  ],
  rows.map(patternCells),
)}

The signature of ${signature.tests} tests in worlds in which nobody works for a counter:

${markdownTable(
  ['fired', 'worlds', 'share', 'bounds'],
  signature.atLeast.map(({ k, ...rate }) => [`${k} or more`, ratio(rate), percent(rate.holds / rate.of), bounds(rate)]),
)}
`
}

function coverageText(coverage: Coverage): string {
  const { worlds, levels, found, truthShare } = coverage
  return `${worlds} worlds. Planted users got ${percent(truthShare)} of all rewards. Bunching was found, and so anybody takes W4, in ${ratio(found)}.

${markdownTable(
  [
    'rewards to',
    'truth, mean',
    'said, mean',
    'holds the average',
    'at least',
    'at most',
    'verdict',
    'holds the world’s own',
  ],
  levels.map(({ level, truth, said, expected, realised }) => [
    ...[level, dollars(truth), dollars(said), ratio(expected), percent(expected.low), percent(expected.high)],
    ...[verdict(expected, true), ratio(realised)],
  ]),
)}

${markdownTable(
  ['bound', 'mean, of all rewards', 'holds', 'at least', 'at most', 'verdict'],
  (['L0', 'U1'] as const).map((name) => {
    const bound = coverage[name]
    return [name, percent(bound.mean), ratio(bound), percent(bound.low), percent(bound.high), verdict(bound, false)]
  }),
)}`
}

function patternCells({ id, role, testable, size, power }: PatternRow): string[] {
  return [
    role === 'context' ? `${id} (context)` : id,
    ratio(testable),
    ...size.flatMap((rate) => [share(rate), bounds(rate)]),
    ...power.map(({ small, fired }) => `${share(small)} (${share(fired)})`),
  ]
}

const share = ({ holds, of }: Covered) => percent(holds / of)
const ratio = ({ holds, of }: Covered) => `${holds} of ${of}`
const bounds = ({ low, high }: Covered) => `${percent(low)} to ${percent(high)}`
const dollars = (smallest: number) => `$${(smallest / 1e6).toFixed(0)}`

function verdict({ low, high }: Covered, isTwoSided: boolean): string {
  if (high < BOUNDS.low) return 'fails: too narrow'
  return isTwoSided && low > BOUNDS.high ? 'fails: too wide' : 'holds'
}

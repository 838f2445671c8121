import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { ConfigError } from '../errors.ts'
import { scenarios as known } from '../simulation/index.ts'
import type { Tallies } from '../workflows/compare-clusters.ts'
import { evaluate } from '../workflows/evaluate.ts'
import { evaluateControls } from '../workflows/evaluate-controls.ts'
import type { EvaluatedWorld } from '../workflows/evaluate-world.ts'
import { renderControls } from '../workflows/render-controls.ts'
import { renderEvaluation } from '../workflows/render-evaluation.ts'
import { patternsOf } from './eval-pattern.ts'
import { type EvalWorkers, evalWorkers } from './eval-workers.ts'
import { machine } from './machine.ts'
import { wholeNumber } from './options.ts'
import { type GlobalOptions, note, print } from './output.ts'

type EvalFlags = GlobalOptions & {
  readonly scenarios: string
  readonly shares: string
  readonly seeds: number
  readonly firstSeed: number
  readonly records: number
  readonly clustersOnly?: boolean
  readonly pattern?: boolean
  readonly jobs: number
  readonly output: string
}

/** The company of the scenario `amazon` pays for nothing, so that there is nothing to certify or to link. */
const EVALUATED = known.filter((scenario) => scenario !== 'amazon')

export function evalCommand(program: Command): void {
  program
    .command('eval')
    .description('Audit simulated markets whose truth is known, and write how far what was said is from it.')
    .option('--scenarios <list>', 'which, with commas between', EVALUATED.join(','))
    .option('--shares <list>', 'shares of wash usage in the value', '0.2')
    .option('--seeds <n>', 'worlds of each scenario and share', wholeNumber, 3)
    .option('--first-seed <n>', 'seeds below 1000 are those of development', wholeNumber, 1001)
    .option('--records <n>', 'records of a world', wholeNumber, 40_000)
    .option('--clusters-only', 'honest classes in clusters alone, over worlds of different seeds')
    .option(
      '--pattern',
      'tests of the pattern, and rewards of those who work for a target, over markets with programmes',
    )
    .option('--jobs <n>', 'processes to share the worlds among', wholeNumber, 1)
    .option('--output <file>', 'the Markdown to write', 'evaluation.md')
    .addHelpText('after', '\nExample:\n  $ washboard eval --scenarios A1,A3 --shares 0.05,0.2 --seeds 5')
    .action(async (_: unknown, self: Command) => {
      const flags = self.optsWithGlobals<EvalFlags>()
      const workers = flags.jobs > 1 ? evalWorkers(flags.jobs) : undefined
      const made = await evaluatorOf(flags)(flags, workers).finally(() => workers?.stop())
      await writeFile(flags.output, made.text)
      if (flags.json) print(JSON.stringify(made.evaluation))
      else note(`Wrote ${flags.output}.`, flags)
    })
}

const evaluatorOf = ({ pattern, clustersOnly }: EvalFlags) =>
  pattern ? patternsOf : clustersOnly ? controlsOf : marketsOf

const given = ({ scenarios, shares, seeds, firstSeed, records }: EvalFlags) =>
  `--scenarios ${scenarios} --shares ${shares} --seeds ${seeds} --first-seed ${firstSeed} --records ${records}`

async function marketsOf(flags: EvalFlags, workers?: EvalWorkers) {
  const { seeds, firstSeed, records, jobs } = flags
  const evaluation = await evaluate({
    ...{ scenarios: scenariosOf(flags.scenarios), shares: sharesOf(flags.shares), seeds, firstSeed, records, jobs },
    evaluateOne: workers && ((world) => workers.run({ way: 'whole', world }) as Promise<EvaluatedWorld>),
    progress: (done, total, { scenario, share, seed }) =>
      note(`${done} of ${total}: ${scenario} at ${share}, seed ${seed}`, flags),
  })
  return { evaluation, text: renderEvaluation(evaluation, machine(), `washboard eval ${given(flags)}`) }
}

async function controlsOf(flags: EvalFlags, workers?: EvalWorkers) {
  const { seeds, firstSeed, records, jobs } = flags
  const [share, ...others] = sharesOf(flags.shares)
  if (share === undefined || others.length > 0)
    throw new ConfigError('With --clusters-only, --shares takes one share.', { fix: 'Write --shares 0.2.' })
  const evaluation = await evaluateControls({
    ...{ scenarios: scenariosOf(flags.scenarios), share, seeds, firstSeed, records, jobs },
    evaluateOne: workers && ((world) => workers.run({ way: 'clusters', world }) as Promise<Tallies>),
    progress: (done, total) => {
      if (done % 50 === 0 || done === total) note(`${done} of ${total} worlds`, flags)
    },
  })
  return { evaluation, text: renderControls(evaluation, machine(), `washboard eval --clusters-only ${given(flags)}`) }
}

function scenariosOf(text: string): string[] {
  const list = text.split(',').map((name) => name.trim())
  const strange = list.find((name) => !EVALUATED.includes(name))
  if (strange === undefined) return list
  throw new ConfigError(`${strange} is no scenario that can be evaluated.`, {
    fix: `Use some of ${EVALUATED.join(', ')}.`,
  })
}

function sharesOf(text: string): number[] {
  const list = text.split(',').map(Number)
  if (list.every((share) => share > 0 && share <= 0.9)) return list
  throw new ConfigError(`--shares takes numbers above 0 and up to 0.9, not ${text}.`, {
    fix: 'Write --shares 0.05,0.2.',
  })
}

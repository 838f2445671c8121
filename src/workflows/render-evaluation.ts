import type { EvaluatedControl, EvaluatedScenario, Evaluation } from './evaluate.ts'
import { markdownTable, number, percent } from './evaluation-text.ts'
import { renderScore, renderSignals } from './render-score.ts'

/** The evaluation as Markdown. `machine` and `command` say where its timings come from and how to have them again. */
export function renderEvaluation(evaluation: Evaluation, machine: string, command: string): string {
  const { options, scenarios, controls } = evaluation
  const { seeds, firstSeed, records } = options
  const [worst] = controls
  return `# Evaluation on simulated markets

Made by \`${command}\`; do not edit. Every world is simulated with known truth, audited as any ledger, and compared. Seeds ${firstSeed}
to ${firstSeed + seeds - 1}; thresholds were chosen on seeds below 1,000 and are not fitted here. About ${records} records a world. ${machine}

${worst === undefined ? '' : `**Worst honest class: ${worst.control}.** ${tally(worst.owners)} owners stand in a cluster with somebody else's wallet (at most ${percent(worst.owners.upper)} with 95 %), ${tally(worst.payments)} payments have a certificate.`}

## What is certified

L0 is a floor that needs no model: it sees payments to oneself, and value that comes back directly or over wallets that serve
nobody else. What adversaries pass through exchanges or bridges is not certified, and this table says how much that is.

${markdownTable(
  [
    'scenario',
    'share',
    'worlds',
    'true wash, value',
    'of it W0 and W1',
    'L0, mean [least, most]',
    'L0 is a floor',
    'precision',
    'recall of W0, W1',
    'simulate s',
    'audit s',
  ],
  scenarios.map((row) => [
    ...head(row),
    percent(row.wash),
    percent(row.certifiable),
    row.L0 === null ? 'not measured' : `${percent(row.L0.mean)} [${percent(row.L0.low)}, ${percent(row.L0.high)}]`,
    `${row.isFloor} of ${row.worlds}`,
    percent(row.certificate.precision),
    percent(row.certificate.recall),
    row.seconds.simulate.toFixed(1),
    row.seconds.audit.toFixed(1),
  ]),
)}

${renderScore(scenarios, evaluation.kinds, evaluation.coverage)}
## Who is linked

Clusters against true owners of wallets that pay or are paid. AP and recall rank parties by their strongest link, owners of
several wallets among adversaries against everybody else. Brier and ECE are of the probabilities of links.

${markdownTable(
  [
    'scenario',
    'share',
    'worlds',
    'pairwise precision',
    'recall',
    'F1',
    'B-cubed F1',
    'AP',
    'recall at 1 % FPR',
    'at 0.1 %',
    'Brier',
    'ECE',
    'owners in range',
  ],
  scenarios.map((row) => [
    ...head(row),
    number(row.pairwise.precision),
    number(row.pairwise.recall),
    number(row.pairwise.f1),
    number(row.bCubed),
    number(row.averagePrecision),
    number(row.recallAt.onePercent),
    number(row.recallAt.oneInThousand),
    number(row.brier),
    number(row.ece),
    `${row.entitiesCovered} of ${row.worlds}`,
  ]),
)}

## Honest classes

Over all worlds above, which are too few for these bounds: evaluation-controls.md has more. An owner counts as wrongly merged
where a cluster holds a wallet of theirs together with another owner's. Bounds are one-sided, over worlds drawn again, and never
below the exact one; where nothing was flagged, exact over cases or over worlds, whichever is wider.

${markdownTable(['class', 'payments', 'with a certificate', 'at most (95 %)', 'owners', 'merged', 'at most (95 %)'], controls.map(controlRow))}

${renderSignals(evaluation.signals)}
## What is not evaluated yet

P and the audited interval do not exist yet; nor are the cost to evade and the adaptive adversary (A9) here.
`
}

function head({ scenario, share, worlds }: EvaluatedScenario): string[] {
  return [scenario, scenario === 'market' ? '–' : percent(share), String(worlds)]
}

function controlRow({ control, payments, owners }: EvaluatedControl): string[] {
  return [
    control,
    ...[String(payments.of), String(payments.flagged), percent(payments.upper)],
    ...[String(owners.of), String(owners.flagged), percent(owners.upper)],
  ]
}

function tally({ of, flagged }: { readonly of: number; readonly flagged: number }): string {
  return `${flagged} of ${of}`
}

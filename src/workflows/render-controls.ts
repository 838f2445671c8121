import type { ControlsEvaluation } from './evaluate-controls.ts'
import { markdownTable, percent } from './evaluation-text.ts'

/** Owners for whom DESIGN asks in each class, and the bound that is to hold. */
const LEAST_OWNERS = 1_000
const MOST = 0.01

/** How honest classes fare, as Markdown. `machine` and `command` say where its timing comes from and how to have it again. */
export function renderControls(evaluation: ControlsEvaluation, machine: string, command: string): string {
  const { options, worlds, controls, seconds } = evaluation
  const { firstSeed, records } = options
  const [worst] = controls
  const short = controls.filter(({ owners }) => owners.of < LEAST_OWNERS).map(({ control }) => control)
  const above = controls.filter(({ owners }) => owners.upper > MOST).map(({ control }) => control)
  return `# Honest owners in clusters, class by class

Made by \`${command}\`; do not edit. ${worlds} simulated markets, each with a seed of its own from ${firstSeed} on, of about ${records} records; thresholds were
chosen on seeds below 1,000. Clusters alone are computed: ${Math.round(seconds)} s in all. ${machine}

${worst === undefined ? '' : `**Worst honest class: ${worst.control}.** ${worst.owners.flagged} of ${worst.owners.of} owners stand in a cluster with somebody else's wallet: at most ${percent(worst.owners.upper)} with 95 %.`}
${above.length === 0 ? 'Every class is below the 1 % that is aimed at.' : `Above the 1 % that is aimed at: ${above.join(', ')}.`}
${short.length === 0 ? 'Every class has 1,000 owners or more.' : `Fewer than 1,000 owners: ${short.join(', ')}.`}

An owner counts where a cluster (posteriors of 0.85 and more) holds a wallet of theirs together with another owner's. Upper bounds
are one-sided: worlds drawn again with replacement 2,000 times, or the exact bound that takes owners as independent where that is
wider. Where nobody is merged there is nothing to draw; the bound is then exact, over owners or over worlds, whichever is
wider. It holds for owners as these classes are simulated, and for no others.

${markdownTable(
  ['class', 'worlds', 'with a merge', 'owners', 'merged', 'at most (95 %)', 'bound'],
  controls.map(({ control, owners, worlds: of, flaggedWorlds }) => [
    ...[control, String(of), String(flaggedWorlds), String(owners.of), String(owners.flagged)],
    ...[percent(owners.upper), owners.by],
  ]),
)}
`
}

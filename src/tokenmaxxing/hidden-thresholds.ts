import { type AimedWindows, aimedWindows } from '../features/aimed-windows.ts'
import { logBinomialTail } from '../statistics/binomial-tail.ts'
import { clopperPearson } from '../statistics/clopper-pearson.ts'
import { permutationPValue } from '../statistics/permutation-p-value.ts'
import { figure, overGroups, percent, type SaidGroup } from './over-groups.ts'
import { definePattern } from './pattern-test.ts'
import { drawMaxima, type Scored, scoreWindows, standardScores } from './threshold-scores.ts'

export const hiddenThresholds = definePattern({
  id: 'H2',
  name: 'Usage stops above a number that nobody names',
  phrase: 'targets that are not written down',
  claim:
    'Windows that count end just above some number, other than their target, more often than windows of the same subjects that do not count.',
  role: 'test',
  requires: { windows: aimedWindows },
  options: {
    allTo: 20,
    binsToThreshold: 40,
    besideTarget: 5,
    leastWindows: 40,
    leastSubjects: 8,
    draws: 499,
    mostMoves: 60_000_000,
  },
  statistic: {
    name: 'largest excess over candidates',
    definition:
      'candidates c: 2 to 20, then 1, 1.5, 2, 2.5, 3, 4, 5, 6 and 8 times powers of ten, none within five bins of a target; score of a window: 1 from c to c + 2, −½ three bins on each side of that; standardised sum over the windows that count, the largest of all candidates',
  },
  nullModel: {
    name: 'windows exchanged within subjects',
    exchangeable:
      'which windows of a subject count; the largest of all candidates in every draw, so that the error is that of the family',
    heldFixed: 'the counts of every subject and how many of its windows count',
  },
  falsePositives: [
    {
      id: 'round-numbers',
      story: 'People stop at round numbers.',
      mitigation: 'They do so in windows that count for nothing as well.',
      staysOpen: false,
    },
    {
      id: 'changed-habit',
      story: 'A scheduler with a fixed number of jobs was set anew when the programme began.',
      mitigation: 'No subject counts more than one sign, times the number of candidates.',
      staysOpen: false,
    },
    {
      id: 'level-shift',
      story: 'Who is rewarded uses more, and counts spread anew.',
      mitigation: 'The score gives nothing for a slope; a much higher level can leave a trace.',
      staysOpen: true,
    },
  ],
  blindSpots: [
    'Thresholds between the candidates; the one that is found can be two beside the true one.',
    'Subjects that have no windows without reward.',
  ],
  references: [
    {
      title: 'Westfall and Young 1993, Resampling-based multiple testing',
      url: 'https://www.wiley.com/en-us/p-9780471557616',
    },
  ],
  measure({ windows }, { options, random }) {
    const said = windows.programmes.flatMap(({ programme }, index): SaidGroup[] => {
      const scored = scoreWindows(rowsOf(windows, index), options)
      if (scored === null) return []
      const { scores, best } = standardScores(scored)
      if (best === -1) return []
      const draws = Math.max(99, Math.min(options.draws, Math.floor(options.mostMoves / scored.entries.length)))
      const chance = permutationPValue(scores[best]!, drawMaxima(scored, draws, random))
      return [sayThreshold(programme, scored, best, chance)]
    })
    if (said.length > 0) return overGroups(said)
    const lacks = `${options.leastWindows} windows that count and as many that do not, of the same ${options.leastSubjects} subjects, with counts`
    return { status: 'untestable', lacks: [lacks] }
  },
})

/** Rows of one programme with some use, of a subject with both kinds of window. */
function rowsOf(windows: AimedWindows, programme: number) {
  const rows: number[] = []
  const kinds = new Map<number, number>()
  windows.programme.forEach((one, row) => {
    if (one !== programme || !(windows.counted[row]! > 0)) return
    rows.push(row)
    kinds.set(windows.subject[row]!, (kinds.get(windows.subject[row]!) ?? 0) | (windows.aimed[row] === 1 ? 1 : 2))
  })
  const of = rows
    .filter((row) => kinds.get(windows.subject[row]!) === 3)
    .sort((a, b) => windows.subject[a]! - windows.subject[b]!)
  return {
    subject: Int32Array.from(of, (row) => windows.subject[row]!),
    counted: Float64Array.from(of, (row) => windows.counted[row]!),
    aimed: Uint8Array.from(of, (row) => windows.aimed[row]!),
    targets: [...new Set(rows.map((row) => windows.target[row]!).filter((target) => target > 0))],
  }
}

function sayThreshold(programme: string, scored: Scored, best: number, chance: number): SaidGroup {
  const { value, width } = scored.candidates[best]!
  const isHit = (row: number) => scored.counted[row]! >= value && scored.counted[row]! < value + 3 * width
  const kinds = [0, 1].map((aimed) => {
    const rows = [...scored.subject.keys()].filter((row) => scored.aimed[row] === aimed)
    return { hits: rows.filter(isHit).length, windows: rows.length }
  })
  const [idle, aimed] = kinds as [(typeof kinds)[number], (typeof kinds)[number]]
  const signs = signTest(scored, isHit) * scored.candidates.length
  const [low, high] = [
    clopperPearson(aimed.hits, aimed.windows, 0.975).low,
    clopperPearson(aimed.hits, aimed.windows, 0.975).high,
  ]
  return {
    ...{ group: programme, size: aimed.windows, pValue: Math.min(1, Math.max(chance, signs)) },
    effect: { name: `share of windows from ${figure(value)}`, value: aimed.hits / aimed.windows, low, high },
    statement: `The likeliest threshold of ${programme} among ${scored.candidates.length} candidates is ${value}: ${percent(aimed.hits / aimed.windows)} of ${aimed.windows} windows that count end from ${value} to ${value + 3 * width - 1}, and ${percent(idle.hits / idle.windows)} of ${idle.windows} that do not.`,
  }
}

/** That more subjects end there more often when it counts, than less often. */
function signTest({ subject, aimed }: Scored, isHit: (row: number) => boolean): number {
  let [more, less] = [0, 0]
  for (let start = 0, end = 0; start < subject.length; start = end) {
    const [hits, windows] = [
      [0, 0],
      [0, 0],
    ] as [number[], number[]]
    for (; end < subject.length && subject[end] === subject[start]; end++) {
      windows[aimed[end]!]!++
      if (isHit(end)) hits[aimed[end]!]!++
    }
    const difference = hits[1]! / windows[1]! - hits[0]! / windows[0]!
    if (difference > 0) more++
    else if (difference < 0) less++
  }
  return Math.exp(logBinomialTail(more, more + less, 0.5))
}

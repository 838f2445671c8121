import { describe, expect, it } from 'vitest'
import { overChanges } from '../../src/tokenmaxxing/cut-change.ts'
import { cutAt, draftPanel } from '../support/draft-panel.ts'

const options = {
  ...{ mostKept: 0.5, spanDays: 7, mostDoublings: 1, lookbackDays: 7, leastMet: 0.5 },
  ...{ leastSubjects: 2, leastUses: 3 },
}

/** Four subjects who ask once a day from day 0 on, of whom two are rewarded at day 14; `worth` gives what each use counts. */
const panelUntil = (days: number, worth: (subject: number, day: number) => number) =>
  draftPanel({
    subjects: 4,
    uses: [0, 1, 2, 3].flatMap((subject) =>
      Array.from({ length: days }, (_, day) => ({ subject, day, counted: worth(subject, day) })),
    ),
    rewards: [0, 1].map((subject) => ({ subject, day: 14 })),
    cuts: [cutAt(28), cutAt(21, 0.9)],
  })
const panel = panelUntil(56, (subject, day) => (subject < 2 && day < 28 ? 3 + subject : 1))

const counted = (panels: readonly ReturnType<typeof draftPanel>[], given: Partial<typeof options> = {}) =>
  overChanges(
    panels,
    { ...options, ...given },
    {
      outcome:
        ({ uses }) =>
        (rows) =>
          rows.reduce((sum, row) => sum + uses.counted[row]!, 0) / rows.length,
      effect: ({ mean: value, low, high }) => ({ name: 'fall', value, low, high }),
      words: ({ means: [[before, after]] }) => `it fell from ${before} to ${after}`,
      uses: 'uses that count',
    },
  )

describe('overChanges', () => {
  it('looks at the cuts that are deep enough, over the longest time that is covered', () => {
    const long = counted([panel])
    if (long.status !== 'tested') throw new Error('not tested')
    expect(long.statement).toMatch(
      /^In the 14 days before and after the end of rate 1 in weekly on 1970-01-29, it fell/,
    )
    expect(long.statement).toMatch(/ it fell from 3\.5 to 1\.$/)
    expect(long.effect.value).toBe(2.5)
    expect(long.groups).toMatchObject([{ group: 'weekly, 1970-01-29', size: 4 }])
    const short = counted([panelUntil(36, () => 1)])
    expect(short.status === 'tested' && short.statement).toMatch(/^In the 7 days .* it fell from 1 to 1\.$/)
    expect(short.status === 'tested' && short.pValue).toBe(1)
  })

  it('says which uses it lacks, or that it lacks a cut', () => {
    const lacks = (result: ReturnType<typeof counted>) => (result.status === 'untestable' ? result.lacks : result)
    expect(lacks(counted([panelUntil(30, () => 1)]))).toEqual([
      'uses that count, 3 in the 7 days before such a date and 3 in as many after, of 2 subjects each who were rewarded earlier and who were not',
    ])
    expect(counted([panel], { leastUses: 15 }).status).toBe('untestable')
    expect(lacks(counted([{ ...panel, cuts: [] }]))).toMatchObject([expect.stringMatching(/^a programme that rewards/)])
  })
})

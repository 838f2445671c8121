import { expect, it } from 'vitest'
import { targetGroups } from '../../src/tokenmaxxing/target-groups.ts'
import { draftWindows } from '../support/draft-windows.ts'

it('puts windows beside the idle ones of the same subjects, as bins from the target', () => {
  const windows = draftWindows([
    { subject: 0, target: 200, counted: 199 },
    { subject: 0, target: 200, counted: 204, at: 1 },
    { subject: 0, target: 8, counted: 8, at: 2 },
    { subject: 0, target: null, counted: 210, at: 3 },
    { subject: 1, target: 8, counted: 0 },
    { subject: 1, target: 8, counted: Number.NaN, at: 1 },
    { subject: 2, target: null, counted: 8 },
  ])
  const groups = targetGroups(windows, { binsToTarget: 40 })
  expect(groups.map(({ name, width }) => [name, width])).toEqual([
    ['weekly, target 8', 1],
    ['weekly, target 200', 5],
  ])
  const [small, large] = groups
  expect([[...small!.aimed.bin], [...small!.idle.bin]]).toEqual([[0], [202]])
  // 199 lies in the bin below the target, 204 in its own, 210 two above.
  expect([[...large!.aimed.bin], [...large!.idle.bin]]).toEqual([[-1, 0], [2]])
})

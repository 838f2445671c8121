import { expect, it } from 'vitest'
import { LINKED, NAMED, ORGANIC, RETURNED, SELF, STOPS } from '../../src/score/payment-masks.ts'
import { levelsOfUsers, userLevels } from '../../src/score/user-levels.ts'

/** One user a row of masks. */
function levels(users: readonly (readonly number[])[]): (string | undefined)[] {
  const masks = Int32Array.from(users.flat())
  const party = Int32Array.from(users.flatMap((own, user) => own.map(() => user)))
  return Array.from(levelsOfUsers(masks, party, users.length), (level) => userLevels[level])
}

it('gives each user the first level that covers half of its usage', () => {
  expect(
    levels([
      [SELF, SELF, 0, 0],
      [SELF, RETURNED, 0, 0],
      [RETURNED, LINKED, NAMED, 0, 0],
      [SELF, LINKED, NAMED, 0, 0, 0],
      [STOPS, 0],
      [ORGANIC, ORGANIC | STOPS],
      [ORGANIC, ORGANIC | STOPS, 0],
      [STOPS, ORGANIC, 0],
      [STOPS | SELF, STOPS],
      [],
    ]),
  ).toEqual(['W0', 'W1', 'W3', 'W3', 'W4', 'W4', 'organic', 'undetermined', 'W0', undefined])
})

it('leaves out usage whose party is not known', () => {
  expect(levelsOfUsers(Int32Array.of(SELF, 0, 0), Int32Array.of(0, -1, -1), 2)).toEqual(Int8Array.of(0, -1))
})

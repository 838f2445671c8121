import type { TableName } from '../../records/index.ts'
import { literal } from './format.ts'
import type { Staged } from './load-file.ts'

const DAY = 86_400_000
const WEEK = 7 * DAY
/** Epoch time began on a Thursday. */
const FIRST_MONDAY = 4 * DAY

/** The programme of a file whose rows carry a target. */
const TARGET_PROGRAMME = 'target'

type Context = {
  readonly table: TableName
  readonly values: { readonly [column: string]: string }
  /** The column without which a row says nothing for the table. */
  readonly from: 'team' | 'target' | 'leaderboard'
}

/**
 * What rows of usage say of their consumers beside the use: whose team they are, which number they were to reach, and on
 * which leaderboard it stands.
 * A target is that of the week, Monday 00:00 UTC to the next, whatever rows of it the file holds; what was counted
 * towards it is the usage itself, since a file may begin or end within a week.
 */
export function usageContext(protocol: string, { columns }: Staged): readonly Context[] {
  const team: Context = {
    table: 'links',
    from: 'team',
    values: { chain: 'chain', subject: 'consumer', object: 'team', kind: "'member'" },
  }
  const named = { protocol: literal(protocol), programme: literal(TARGET_PROGRAMME) }
  const counting = { chain: 'chain', counted: columns.has('unit_kind') ? 'unit_kind' : 'null' }
  const programme: Context = { table: 'programmes', from: 'target', values: { ...named, ...counting } }
  const board: Context = {
    table: 'programmes',
    from: 'leaderboard',
    values: { ...named, ...counting, programme: 'leaderboard', visibility: "'public'" },
  }
  const monday = `"timestamp" - ("timestamp" - ${FIRST_MONDAY}) % ${WEEK}`
  const window: Context = {
    table: 'windows',
    from: 'target',
    values: { ...named, subject: 'consumer', from_time: monday, to_time: `${monday} + ${WEEK}`, target: 'target' },
  }
  return [team, programme, window, board].filter(({ from }) => columns.has(from))
}

import type { EntityMap } from '../../clusters/entity-map.ts'
import type { AimedWindows } from '../../features/aimed-windows.ts'
import type { Payments } from '../../features/economy.ts'
import type { ProgrammeWindows } from '../../features/programme-windows.ts'
import type { SubjectUsage } from '../../features/subject-usage.ts'
import { levelsOfUsers } from '../../score/user-levels.ts'
import { NO_USAGE, type Side } from './levels.ts'
import type { TargetWindows } from './what-if.ts'

export type WindowSources = {
  readonly windows: ProgrammeWindows
  readonly aimed: AimedWindows
  readonly usage: SubjectUsage
  readonly masks: Int32Array
  readonly payments: Payments
  readonly entities: EntityMap
}

/** Windows of a programme with a count and a target, each with the level and entity of its subject; null: there are none. */
export function targetWindows(
  { windows, aimed, usage, masks, payments, entities }: WindowSources,
  { protocol, programme }: { readonly protocol: string; readonly programme: string },
  side: Side,
  unitCost: Float64Array,
): TargetWindows | null {
  const place = windows.programmes.findIndex((one) => one.protocol === protocol && one.programme === programme)
  const rows = Int32Array.from(windows.programme.keys()).filter(
    (row) => windows.programme[row] === place && windows.target[row]! > 0 && aimed.counted[row]! >= 0,
  )
  if (rows.length === 0) return null
  const [from, to] = [
    least(rows, windows.from),
    -least(
      rows,
      windows.to.map((one) => -one),
    ),
  ]
  const own = countedRows(usage, { protocol: usage.protocols.indexOf(protocol), side, from, to })
  const levels = levelsOfUsers(
    own.rows.map((row) => masks[usage.usage[row]!]!),
    own.subject,
    windows.subjects.length,
  )
  const party = side === 0 ? payments.payer : payments.payee
  const entityOf = Int32Array.from(windows.subjects, (_, subject) => -1 - subject)
  own.rows.forEach((row, i) => {
    const one = party[usage.usage[row]!]!
    if (one !== -1) entityOf[own.subject[i]!] = entities.of[one]!
  })
  const column = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!)
  return {
    ...{ counted: column(aimed.counted), target: column(windows.target), reward: column(windows.reward), unitCost },
    level: Uint8Array.from(rows, (row) => {
      const level = levels[windows.subject[row]!]!
      return level === -1 ? NO_USAGE : level
    }),
    entity: rows.map((row) => entityOf[windows.subject[row]!]!),
  }
}

const least = (rows: Int32Array, values: Float64Array) =>
  rows.reduce((low, row) => Math.min(low, values[row]!), Number.POSITIVE_INFINITY)

type Within = { readonly protocol: number; readonly side: Side; readonly from: number; readonly to: number }

/** Counted usage of subjects on one side of one network while a programme ran. */
function countedRows({ offsets, protocol, side, usage, time }: SubjectUsage, within: Within) {
  const isRunning = (row: number) => time[row]! >= within.from && time[row]! < within.to
  const rows = Int32Array.from(usage.keys()).filter(
    (row) => usage[row] !== -1 && protocol[row] === within.protocol && side[row] === within.side && isRunning(row),
  )
  let subject = 0
  const subjects = rows.map((row) => {
    while (offsets[subject + 1]! <= row) subject += 1
    return subject
  })
  return { rows, subject: subjects }
}

import { ConfigError } from '../../errors.ts'
import { quantile } from '../../statistics/cluster-bootstrap.ts'
import { entityInterval } from '../../statistics/entity-interval.ts'
import type { Random } from '../../statistics/random.ts'
import { COUNTER_LEVELS, type RewardLevel, rewardLevels } from './levels.ts'

/** Another target, or rewards of another size: `rate` 0.5 is half of what is paid today. */
export type WhatIf =
  | { readonly kind: 'target'; readonly target: number }
  | { readonly kind: 'rate'; readonly rate: number }

/** Reads `target=16` or `rate=0.5`. */
export function parseWhatIf(text: string): WhatIf {
  const [, kind, number] = /^(target|rate)=(\d+(?:\.\d+)?)$/.exec(text) ?? []
  const value = Number(number)
  if (kind === 'target' && Number.isInteger(value) && value > 0) return { kind, target: value }
  if (kind === 'rate' && Number.isFinite(value)) return { kind, rate: value }
  throw new ConfigError(`${JSON.stringify(text)} is no other target or rate.`, {
    fix: 'Write --what-if target=16 for another target, or --what-if rate=0.5 for half of what is paid.',
  })
}

/** Windows of one programme that aim at a target, one row each. */
export type TargetWindows = {
  readonly counted: Float64Array
  readonly target: Float64Array
  /** In the smallest unit of the reward's asset; NaN: not known. */
  readonly reward: Float64Array
  /** Number in `rewardLevels`. */
  readonly level: Uint8Array
  readonly entity: Int32Array
  /** By level: what one counted unit costs in the smallest unit of the reward's asset; NaN: not to be compared. */
  readonly unitCost: Float64Array
}

export type LevelChange = { readonly level: RewardLevel; readonly before: number; readonly after: number }

/** Rewards in the smallest unit of their asset, as they are and as they would be. */
export type Simulated =
  | {
      readonly status: 'measured'
      readonly what: string
      readonly levels: readonly LevelChange[]
      /** To usage that exists for the counter, W0 to W4, with intervals of 95 % over entities. */
      readonly leakage: { readonly before: Spread; readonly after: Spread }
      readonly counted: { readonly before: number; readonly after: number }
      readonly assumptions: readonly string[]
    }
  | { readonly status: 'unavailable'; readonly what: string; readonly reason: string }
type Spread = { readonly value: number; readonly low: number; readonly high: number }

/** How near to its target a window stops that is taken to aim at it. */
const NEAR = 2

export function whatIfText(change: WhatIf): string {
  return change.kind === 'target' ? `target=${change.target}` : `rate=${change.rate}`
}

/** `windows` null: the programme has none with a target and a count. */
export function simulateChange(change: WhatIf, windows: TargetWindows | null, random: Random): Simulated {
  const what = whatIfText(change)
  if (windows === null)
    return { status: 'unavailable', what, reason: 'no window with a count, a target and a reward is known of it' }
  const { counted, target, reward, level, unitCost } = windows
  const known = reward.filter((one, row) => one > 0 && counted[row]! >= target[row]!)
  if (known.length === 0)
    return { status: 'unavailable', what, reason: 'no window that reached its target tells its reward' }
  const usual = quantile(known, 0.5)
  const before = reward.map((one, row) => (counted[row]! >= target[row]! && one > 0 ? one : 0))
  const after = new Float64Array(before.length)
  const counts = counted.slice()
  for (let row = 0; row < counts.length; row += 1) {
    const paid = (before[row]! > 0 ? before[row]! : usual) * (change.kind === 'rate' ? change.rate : 1)
    const asked = change.kind === 'target' ? change.target : target[row]!
    const isNear = Math.abs(counted[row]! - target[row]!) <= NEAR
    const wanted = isNear && change.kind === 'target' ? asked : counted[row]!
    // What cannot be compared is taken to pay.
    const leaves = isNear && paid <= wanted * unitCost[level[row]!]!
    counts[row] = leaves ? 0 : wanted
    // A window that reached its target and was not paid had another reason, which stays.
    const isOpen = before[row]! > 0 || counted[row]! < target[row]!
    after[row] = isOpen && counts[row]! >= asked && counts[row]! > 0 ? paid : 0
  }
  return {
    ...{ status: 'measured', what },
    levels: rewardLevels.map((name, one) => ({
      level: name,
      before: sumOf(before, level, one),
      after: sumOf(after, level, one),
    })),
    leakage: { before: spread(windows, before, random), after: spread(windows, after, random) },
    counted: { before: counted.reduce((a, b) => a + b, 0), after: counts.reduce((a, b) => a + b, 0) },
    assumptions: assumptionsOf(change, usual, unitCost),
  }
}

function assumptionsOf(change: WhatIf, usual: number, unitCost: Float64Array): string[] {
  const compared = COUNTER_LEVELS.some((level) => unitCost[level]! >= 0)
  const stops = `Windows that end within ${NEAR} of their target are taken to aim at it`
  const leaves = compared
    ? 'they stop altogether where the reward would not exceed what their level pays for a unit, times the count'
    : 'nobody leaves, since rewards and costs cannot be compared'
  const moves = change.kind === 'target' ? ` and to end at ${change.target} instead` : ''
  return [
    `${stops}${moves}; ${leaves}.`,
    'All others keep their counts, and nobody joins or splits into several.',
    change.kind === 'target'
      ? `A window that newly reaches it is paid what the middle one of those that did is paid, ${usual} in the smallest unit; all others as now, whatever the pot holds.`
      : 'Every reward is multiplied by the rate, whatever the pot holds.',
  ]
}

function sumOf(values: Float64Array, level: Uint8Array, wanted: number): number {
  return values.reduce((all, value, row) => (level[row] === wanted ? all + value : all), 0)
}

function spread({ level, entity }: TargetWindows, values: Float64Array, random: Random): Spread {
  const sums = new Map<number, number>()
  values.forEach((value, row) => {
    if (value > 0 && COUNTER_LEVELS.includes(level[row]!)) sums.set(entity[row]!, (sums.get(entity[row]!) ?? 0) + value)
  })
  const own = Float64Array.from(
    [...sums].sort(([a], [b]) => a - b),
    ([, value]) => value,
  )
  const largest = own.length > 0 ? own.reduce((a, b) => Math.max(a, b)) : values.reduce((a, b) => Math.max(a, b), 0)
  return { value: own.reduce((a, b) => a + b, 0), ...entityInterval(own, largest, random) }
}

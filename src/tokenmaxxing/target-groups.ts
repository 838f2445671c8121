import type { AimedWindows } from '../features/aimed-windows.ts'

/** How counts are put into bins around a target: bins begin at the target, and one is as wide as a share of it. */
export type BinOptions = { readonly binsToTarget: number }

/** The windows of one programme that aim at one number, and those of the same subjects that aim at nothing. */
export type TargetGroup = {
  readonly name: string
  readonly target: number
  /** Width of a bin, in what the programme counts. */
  readonly width: number
  readonly aimed: BinnedWindows
  readonly idle: BinnedWindows
}

/** Windows by subject, as bins: 0 begins at the target. */
export type BinnedWindows = {
  readonly subject: Int32Array
  readonly bin: Int32Array
  readonly counted: Float64Array
}

/** Groups in the order of programmes and targets. Windows with unknown counts, and those without any use, are left out. */
export function targetGroups(windows: AimedWindows, { binsToTarget }: BinOptions): TargetGroup[] {
  const { programme, target, counted, aimed, subject } = windows
  const aims = new Map<string, number[]>()
  const idle = new Map<number, number[]>()
  programme.forEach((one, row) => {
    if (!(counted[row]! > 0)) return
    if (aimed[row] === 1 && target[row]! > 0) pushTo(aims, `${one} ${target[row]}`, row)
    else if (aimed[row] === 0) pushTo(idle, one, row)
  })
  const groups = [...aims].map(([key, rows]) => {
    const [p, aim] = key.split(' ').map(Number) as [number, number]
    const subjects = new Set(rows.map((row) => subject[row]!))
    const width = widthOf(aim, binsToTarget)
    const binned = (of: readonly number[]): BinnedWindows => ({
      subject: Int32Array.from(of, (row) => subject[row]!),
      bin: Int32Array.from(of, (row) => binOf(counted[row]!, aim, width)),
      counted: Float64Array.from(of, (row) => counted[row]!),
    })
    const others = (idle.get(p) ?? []).filter((row) => subjects.has(subject[row]!))
    const { programme: name } = windows.programmes[p]!
    return { p, name: groupName(name, aim), target: aim, width, aimed: binned(rows), idle: binned(others) }
  })
  return groups.sort((a, b) => a.p - b.p || a.target - b.target)
}

export function groupName(programme: string, target: number): string {
  return `${programme}, target ${target}`
}

export function widthOf(target: number, binsToTarget: number): number {
  return Math.max(1, Math.round(target / binsToTarget))
}

export function binOf(counted: number, target: number, width: number): number {
  return Math.floor((counted - target) / width)
}

function pushTo<key>(map: Map<key, number[]>, key: key, row: number): void {
  const rows = map.get(key)
  if (rows === undefined) map.set(key, [row])
  else rows.push(row)
}

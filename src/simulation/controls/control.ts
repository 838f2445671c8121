import type { Random } from '../../statistics/random.ts'
import type { World } from '../world.ts'

/** A class of honest usage that may look like wash usage. It makes about so many purchases, all marked with its name. */
export type Control = (world: World, purchases: number) => void

/** Splits purchases into groups of about the typical size, at least one. */
export function groupsOf(purchases: number, typical: number): number[] {
  const groups = Math.max(1, Math.round(purchases / typical))
  return Array.from({ length: groups }, (_, i) => share(purchases, groups, i))
}

/** The part of a whole number that falls to the i-th of n; the parts add up to it. */
export function share(whole: number, n: number, i: number): number {
  return Math.floor(((i + 1) * whole) / n) - Math.floor((i * whole) / n)
}

/** A span of at most `length` days within [from, to). */
export function spanIn(random: Random, from: number, to: number, length: number): readonly [number, number] {
  const start = from + random.next() * Math.max(0, to - from - length)
  return [start, Math.min(to, start + length)]
}

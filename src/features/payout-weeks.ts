const DAY = 86_400_000

/** Weeks that end with the last reward, numbered backwards from 0: a reward counts for what was used in the days before it. */
export type PayoutWeeks = {
  /** Weeks from the first reward to the last. */
  readonly count: number
  /** The week of a moment in UTC ms; −1: after the last reward, or before the week of the first. */
  readonly of: (time: number) => number
}

/** Null: there is no reward. */
export function payoutWeeks(
  rewardedAt: Iterable<number>,
  { spanDays }: { readonly spanDays: number },
): PayoutWeeks | null {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const time of rewardedAt) {
    if (time < first) first = time
    if (time > last) last = time
  }
  if (!(first <= last)) return null
  const weekOf = (time: number) => Math.floor((last - time) / (spanDays * DAY))
  const count = weekOf(first) + 1
  return {
    count,
    of(time) {
      const week = weekOf(time)
      return week >= 0 && week < count ? week : -1
    },
  }
}

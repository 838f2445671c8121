import type { Random } from '../statistics/random.ts'
import { between, fromQuantiles, logNormal, zipf } from './draw.ts'

/**
 * Every number that is no round one was fitted by `scripts/fit-traces.mjs` and stands here as it printed it.
 * Sessions: Mooncake conversation trace (kvcache-ai/Mooncake @3b5a5941, Apache-2.0); sizes, and gaps of programs:
 * Azure LLM inference trace 2023 (Azure/AzurePublicDataset @b469a113, CC-BY-4.0). These last an hour each and know no
 * day: the hours are those at which 6,889 people starred a repository (keploy/keploy-stargazers).
 */
export const fitted = {
  probabilities: [0, 0.01, ...Array.from({ length: 19 }, (_, i) => (5 * (i + 1)) / 100), 0.99, 1],
  session: { exponent: 2.46, most: 43, gapSeconds: { median: 131, sigma: 0.979 } },
  /** Tokens in and out of one request by a person, and by a program. */
  personTokens: [
    64, 132, 296, 368, 434, 473, 491, 506, 528, 800, 1320, 1410, 1440, 1470, 1490, 1520, 1560, 1630, 2000, 2820, 4140,
    4260, 14100,
  ],
  programTokens: [
    12, 34, 95, 167, 262, 411, 604, 798, 965, 1100, 1280, 1490, 1710, 1940, 2190, 2460, 2770, 3220, 3970, 5220, 7340,
    7460, 7840,
  ],
  /** Seconds between requests of programs; the last hundredth, pauses of up to 217 s, are left to the schedule. */
  programGaps: [
    0, 0, 0, 0, 0.001, 0.001, 0.002, 0.003, 0.005, 0.015, 0.038, 0.064, 0.09, 0.095, 0.098, 0.1, 0.104, 0.16, 0.199,
    0.273, 0.401, 2.2, 2.2,
  ],
  homeHours: [
    { cos: -0.648, sin: -0.233 },
    { cos: -0.497, sin: 0.435 },
  ],
} as const

/** Hours by which a person strays from its home hour (standard deviation); ours, so that people sleep. */
const HOURS_SPREAD = 2.5
const DAY_SECONDS = 86_400

const sessionSize = zipf(fitted.session.most, fitted.session.exponent)

export function personTokens(random: Random): number {
  return Math.round(fromQuantiles(random, fitted.probabilities, fitted.personTokens))
}

export function programTokens(random: Random): number {
  return Math.round(fromQuantiles(random, fitted.probabilities, fitted.programTokens))
}

/** Seconds after the request before it in one session. */
export function sessionGap(random: Random): number {
  return logNormal(random, fitted.session.gapSeconds.median, fitted.session.gapSeconds.sigma)
}

/** Seconds after the request before it in one run of a program. */
export function programGap(random: Random): number {
  return fromQuantiles(random, fitted.probabilities, fitted.programGaps)
}

/** Requests of one session. */
export function sessionRequests(random: Random): number {
  return sessionSize(random) + 1
}

/** The hour of the day, UTC, around which a person is at work, by rejection from the fitted curve. */
export function homeHour(random: Random): number {
  const most = 1 + fitted.homeHours.reduce((sum, { cos, sin }) => sum + Math.hypot(cos, sin), 0)
  for (;;) {
    const hour = random.next() * 24
    const angle = (2 * Math.PI * hour) / 24
    const curve = fitted.homeHours.reduce(
      (sum, { cos, sin }, i) => sum + cos * Math.cos((i + 1) * angle) + sin * Math.sin((i + 1) * angle),
      1,
    )
    if (random.next() * most < curve) return hour
  }
}

/**
 * Days, ascending and within [from, to), at which one person makes `requests` requests: sessions on days of its choice
 * around its home hour, each with its size and gaps.
 */
export function personTimes(random: Random, requests: number, from: number, to: number): Float64Array {
  const times = new Float64Array(requests)
  const home = homeHour(random) / 24
  for (let done = 0; done < requests; ) {
    const hour = home + (HOURS_SPREAD / 24) * random.normal()
    let at = Math.floor(between(random, from, to)) + hour - Math.floor(hour)
    // The first and last day may lie outside by hours.
    if (at < from || at >= to) at = between(random, from, to)
    for (let left = sessionRequests(random); left > 0 && done < requests && at < to; left--) {
      times[done++] = at
      at += sessionGap(random) / DAY_SECONDS
    }
  }
  return times.sort()
}

/**
 * Days within [from, to) at which a program runs, every `hours` hours around the clock, each run with `burst` requests.
 * Runs start within two seconds of their schedule: the traces hold no schedule to fit that to.
 */
export function programTimes(
  random: Random,
  {
    hours,
    burst = 1,
    from,
    to,
  }: { readonly hours: number; readonly burst?: number; readonly from: number; readonly to: number },
): Float64Array {
  const times: number[] = []
  for (let run = from; run < to; run += hours / 24) {
    let at = run + (2 * random.next()) / DAY_SECONDS
    for (let n = 0; n < burst && at < to; n++) {
      times.push(at)
      at += programGap(random) / DAY_SECONDS
    }
  }
  return Float64Array.from(times)
}

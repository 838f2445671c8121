import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fitted,
  personTimes,
  personTokens,
  programGap,
  programTimes,
  programTokens,
  sessionGap,
  sessionRequests,
} from '../../src/simulation/timing.ts'
import { type Random, randomStream } from '../../src/statistics/random.ts'
import { itWithData } from '../support/outside-data.ts'

const MOONCAKE = 'llm-request-traces/mooncake_conversation.csv.gz'
const CONVERSATIONS = 'llm-request-traces/azure_llm_2023_conv.csv.gz'
const CODE = 'llm-request-traces/azure_llm_2023_code.csv.gz'
const STARS = 'github-stars/keploy_stargazers.csv.gz'

const rowsOf = (path: string) =>
  gunzipSync(readFileSync(path))
    .toString()
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(','))
const draws = (n: number, draw: (random: Random) => number) => {
  const random = randomStream(1, 'timing')
  return Array.from({ length: n }, () => draw(random))
}

/** Largest distance between two empirical distributions (Kolmogorov–Smirnov). */
function distance(first: readonly number[], second: readonly number[]): number {
  const [a, b] = [first, second].map((values) => Float64Array.from(values).sort()) as [Float64Array, Float64Array]
  let [i, j, most] = [0, 0, 0]
  while (i < a.length && j < b.length) {
    const at = Math.min(a[i]!, b[j]!)
    while (i < a.length && a[i]! <= at) i++
    while (j < b.length && b[j]! <= at) j++
    most = Math.max(most, Math.abs(i / a.length - j / b.length))
  }
  return most
}

const gapsOf = (times: ArrayLike<number>) => {
  const sorted = Float64Array.from(times).sort()
  return [...sorted.subarray(1)].map((time, i) => time - sorted[i]!)
}
const azureTimes = (rows: readonly string[][]) =>
  rows.map(([at = '']) => Date.parse(`${at.slice(0, 10)}T${at.slice(11, 23)}Z`) / 1000)
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe('demand against request traces', () => {
  itWithData('sessions have the sizes and gaps of conversations', [MOONCAKE], (path) => {
    const sessions = new Map<string, number[]>()
    for (const [at, , , session] of rowsOf(path!))
      sessions.set(session!, [...(sessions.get(session!) ?? []), Number(at) / 1000])
    const sizes = [...sessions.values()].map(({ length }) => length)
    const gaps = [...sessions.values()].flatMap(gapsOf).filter((gap) => gap > 0)
    expect(distance(draws(20_000, sessionRequests), sizes)).toBeLessThan(0.05)
    expect(distance(draws(20_000, sessionGap), gaps)).toBeLessThan(0.05)
  })

  itWithData(
    'requests of people and of programs have the sizes of their traces',
    [CONVERSATIONS, CODE],
    (people, code) => {
      const tokens = (path: string) => rowsOf(path).map((row) => Number(row[1]) + Number(row[2]))
      expect(distance(draws(20_000, personTokens), tokens(people!))).toBeLessThan(0.05)
      expect(distance(draws(20_000, programTokens), tokens(code!))).toBeLessThan(0.03)
      // The two are not alike, so that mixing them up is seen.
      expect(distance(tokens(people!), tokens(code!))).toBeGreaterThan(0.15)
    },
  )

  itWithData(
    'many people together ask as often after one another as in the trace of an hour',
    [CONVERSATIONS],
    (path) => {
      const trace = gapsOf(azureTimes(rowsOf(path!)))
      const random = randomStream(1, 'crowd')
      const hour = Array.from({ length: 60_000 }, () => [...personTimes(random, 6, 0, 7)])
        .flat()
        .filter((at) => at >= 3.6 && at < 3.6 + 1 / 24)
      const crowd = gapsOf(hour).map((gap) => gap * 86_400)
      expect(crowd.length).toBeGreaterThan(1_000)
      const scaled = (gaps: readonly number[]) => gaps.map((gap) => gap / mean(gaps))
      expect(distance(scaled(crowd), scaled(trace))).toBeLessThan(0.05)
    },
  )

  itWithData('programs ask as fast after one another as in the trace of code requests', [CODE], (path) => {
    expect(distance(draws(20_000, programGap), gapsOf(azureTimes(rowsOf(path!))))).toBeLessThan(0.06)
  })

  itWithData('people are up at the hours at which people starred a repository', [STARS], (path) => {
    const stars = rowsOf(path!).map(([, at = '']) => (Date.parse(at) % 86_400_000) / 3_600_000)
    const random = randomStream(1, 'hours')
    const hours = Array.from({ length: 4_000 }, () => [...personTimes(random, 5, 0, 60)])
      .flat()
      .map((at) => (at % 1) * 24)
    expect(distance(hours, stars)).toBeLessThan(0.05)
    expect(
      distance(
        draws(20_000, (one) => one.next() * 24),
        stars,
      ),
    ).toBeGreaterThan(0.08)
  })
})

describe('personTimes', () => {
  it('gives as many times as asked, in order and within its span', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 0, max: 300 }),
        fc.double({ min: 0, max: 50, noNaN: true }),
        fc.double({ min: 0.01, max: 50, noNaN: true }),
        (seed, requests, from, length) => {
          const times = personTimes(randomStream(seed, 'p'), requests, from, from + length)
          expect(times).toHaveLength(requests)
          expect([...times]).toEqual([...times].sort((a, b) => a - b))
          for (const at of times) expect(at >= from && at < from + length).toBe(true)
        },
      ),
    )
  })

  it('lets each person sleep', () => {
    const random = randomStream(2, 'sleep')
    for (let person = 0; person < 20; person++) {
      const hours = Array<number>(24).fill(0)
      for (const at of personTimes(random, 500, 0, 90)) hours[Math.floor((at % 1) * 24)]! += 1
      const twice = [...hours, ...hours]
      const night = Math.min(...hours.map((_, start) => twice.slice(start, start + 8).reduce((sum, n) => sum + n, 0)))
      expect(night).toBeLessThan(25)
    }
  })
})

describe('programTimes', () => {
  it('keeps its schedule around the clock, to the two seconds that it strays', () => {
    const times = programTimes(randomStream(1, 'cron'), { hours: 6, from: 1, to: 31 })
    expect(times).toHaveLength(120)
    for (const gap of gapsOf(times)) expect(Math.abs(gap * 24 - 6)).toBeLessThan(2 / 3600)
    expect(new Set([...times].map((at) => Math.floor((at % 1) * 4))).size).toBe(4)
  })

  it('sends the requests of a run right after one another', () => {
    const times = programTimes(randomStream(1, 'burst'), { hours: 24, burst: 50, from: 1, to: 11 })
    expect(times).toHaveLength(500)
    expect(gapsOf(times).filter((gap) => gap * 86_400 > 3)).toHaveLength(9)
    expect(Math.max(...fitted.programGaps)).toBeLessThan(3)
  })
})

// Fits the timing and sizes of honest demand to request traces, and prints the numbers that stand in
// src/simulation/timing.ts with how far each fit is from its data (Kolmogorov–Smirnov distance).
// Usage: WASHBOARD_DATA=… node scripts/fit-traces.mjs
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const folder = process.env.WASHBOARD_DATA
if (!folder) {
  console.error(
    'WASHBOARD_DATA is not set.\n\nFix: set it to the folder that holds llm-request-traces and github-stars.',
  )
  process.exit(2)
}
const read = (path) =>
  gunzipSync(readFileSync(join(folder, path)))
    .toString()
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(','))
const ascending = (values) => Float64Array.from(values).sort()
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length
const round = (value, digits = 3) => Number(value.toPrecision(digits))

/** Largest distance between the empirical distribution of sorted values and a model. */
function distance(sorted, cdf) {
  let most = 0
  for (let i = 0; i < sorted.length; ) {
    let next = i
    while (next < sorted.length && sorted[next] === sorted[i]) next++
    const at = cdf(sorted[i])
    most = Math.max(most, Math.abs(next / sorted.length - at))
    i = next
  }
  return round(most)
}

/** Normal distribution function (Abramowitz and Stegun 26.2.17). */
function normal(z) {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const tail =
    0.3989423 *
    Math.exp((-z * z) / 2) *
    t *
    (0.3193815 + t * (-0.3565638 + t * (1.781478 + t * (-1.821256 + t * 1.330274))))
  return z > 0 ? 1 - tail : tail
}

const PROBABILITIES = [0, 0.01, ...Array.from({ length: 19 }, (_, i) => (5 * (i + 1)) / 100), 0.99, 1]
const quantiles = (sorted) =>
  PROBABILITIES.map((p) => round(sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]))

function fitSessions() {
  const sessions = new Map()
  for (const row of read('llm-request-traces/mooncake_conversation.csv.gz'))
    sessions.set(row[3], [...(sessions.get(row[3]) ?? []), row])
  const sizes = ascending([...sessions.values()].map((rows) => rows.length))
  // Maximum likelihood of P(n) ∝ n^−s by bisection on the mean of ln n.
  const logs = mean([...sizes].map(Math.log))
  let [low, high] = [1.2, 4]
  const powers = (s) => Array.from({ length: 2_000 }, (_, i) => (i + 1) ** -s)
  const meanLog = (s) => {
    const weights = powers(s)
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    return weights.reduce((sum, weight, i) => sum + weight * Math.log(i + 1), 0) / total
  }
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2
    if (meanLog(middle) > logs) low = middle
    else high = middle
  }
  const weights = powers(low)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const size = { exponent: round(low), most: sizes.at(-1) }
  const sizeCdf = (n) => weights.slice(0, n).reduce((sum, weight) => sum + weight, 0) / total
  const gaps = ascending(
    [...sessions.values()].flatMap((rows) => {
      const times = ascending(rows.map((row) => Number(row[0]) / 1000))
      return [...times.slice(1)].map((time, i) => time - times[i])
    }),
  ).filter((gap) => gap > 0)
  const [mu, sigma] = logMoments(gaps)
  print(`requests of a session (Mooncake, ${sessions.size} sessions)`, size, distance(sizes, sizeCdf))
  print(
    'seconds between requests of a session (Mooncake)',
    { median: round(Math.exp(mu)), sigma: round(sigma) },
    distance(gaps, (x) => normal((Math.log(x) - mu) / sigma)),
  )
}

function logMoments(values) {
  const logs = [...values].map(Math.log)
  const mu = mean(logs)
  return [mu, Math.sqrt(mean(logs.map((log) => (log - mu) ** 2)))]
}

function fitRequests(name, path) {
  const rows = read(path)
  const times = ascending(rows.map(([at]) => Date.parse(`${at.slice(0, 10)}T${at.slice(11, 23)}Z`) / 1000))
  const gaps = ascending([...times.slice(1)].map((time, i) => time - times[i]))
  const tokens = ascending(rows.map((row) => Number(row[1]) + Number(row[2])))
  const [mu, sigma] = logMoments(tokens)
  const rate = 1 / mean(gaps)
  print(
    `tokens of a request (${name}), log-normal`,
    { median: round(Math.exp(mu)), sigma: round(sigma) },
    distance(tokens, (x) => normal((Math.log(x) - mu) / sigma)),
  )
  print(`tokens of a request (${name}), quantiles`, quantiles(tokens), null)
  print(
    `seconds between requests (${name}), exponential`,
    { mean: round(1 / rate) },
    distance(gaps, (x) => 1 - Math.exp(-rate * x)),
  )
  print(`seconds between requests (${name}), quantiles`, quantiles(gaps), null)
}

/** The traces are an hour long each and know no day; the hours are those at which people starred a repository. */
function fitHours(spread) {
  const hours = read('github-stars/keploy_stargazers.csv.gz').map(([, at]) => new Date(at).getUTCHours() + 0.5)
  const wave = (k, of) => (2 * hours.reduce((sum, hour) => sum + of((2 * Math.PI * k * hour) / 24), 0)) / hours.length
  const harmonics = [1, 2].map((k) => {
    // A person's hours scatter around a home hour, which flattens the curve of home hours; this undoes it.
    const sharpened = Math.exp(((2 * Math.PI * k * spread) / 24) ** 2 / 2)
    return { cos: round(wave(k, Math.cos) * sharpened), sin: round(wave(k, Math.sin) * sharpened) }
  })
  print(`home hours, UTC, 1 + Σ cos, sin (stars, ${hours.length})`, harmonics, null)
}

const print = (what, fit, ks) => console.log(`${what}: ${JSON.stringify(fit)}${ks === null ? '' : `, distance ${ks}`}`)

fitSessions()
fitRequests('Azure 2023, conversation', 'llm-request-traces/azure_llm_2023_conv.csv.gz')
fitRequests('Azure 2023, code', 'llm-request-traces/azure_llm_2023_code.csv.gz')
fitHours(2.5)

import { quantile } from './cluster-bootstrap.ts'

/**
 * How even the times of a sender are, from 0 to 1: the mean of 1 less the absolute Bowley skewness of the gaps between
 * them, and of 1 less their median absolute deviation in parts of their median, at least 0. 1: always the same gap; gaps by
 * chance come to 0.52. The measure of beacons by RITA (https://github.com/activecm/rita). `times` ascend; moments at which
 * several things happened count once. Gaps of which the middle half differs by less than a tenth of the median have no
 * skewness, as there those that differ by less than ten seconds. NaN: fewer than three gaps.
 */
export function beaconRegularity(times: Float64Array): number {
  const gaps = Float64Array.from(times.slice(1), (time, i) => time - times[i]!).filter((gap) => gap > 0)
  if (gaps.length < 3) return Number.NaN
  const [low, middle, high] = [0.25, 0.5, 0.75].map((q) => quantile(gaps, q)) as [number, number, number]
  const isFlat = high - low < middle / 10 || middle === low || middle === high
  const skewness = isFlat ? 0 : (low + high - 2 * middle) / (high - low)
  const deviation = quantile(
    gaps.map((gap) => Math.abs(gap - middle)),
    0.5,
  )
  return (1 - Math.abs(skewness) + Math.max(0, 1 - deviation / middle)) / 2
}

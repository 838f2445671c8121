import { normalTail } from './normal-tail.ts'

const LARGE = 100_000

/**
 * P(T ≥ t) of Student's distribution with a whole number of degrees of freedom, by its finite sum (Abramowitz and Stegun
 * 26.7.3 and 26.7.4), right to some 1e-15; from 100,000 degrees the normal tail.
 */
export function studentTail(t: number, degrees: number): number {
  if (Number.isNaN(t) || degrees < 1) return Number.NaN
  if (degrees >= LARGE || !Number.isFinite(t)) return normalTail(t)
  const angle = Math.atan(Math.abs(t) / Math.sqrt(degrees))
  const [sin, square] = [Math.sin(angle), Math.cos(angle) ** 2]
  const isOdd = degrees % 2 === 1
  let term = isOdd ? Math.cos(angle) : 1
  let sum = degrees === 1 ? 0 : term
  for (let k = isOdd ? 3 : 2; k < degrees - 1; k += 2) {
    term *= ((k - 1) / k) * square
    sum += term
  }
  const inside = isOdd ? (2 / Math.PI) * (angle + sin * sum) : sin * sum
  const tail = Math.max(0, (1 - inside) / 2)
  return t >= 0 ? tail : 1 - tail
}

/** The t beyond which a tail of that share lies, for shares below one half. */
export function studentQuantile(tail: number, degrees: number): number {
  let [low, high] = [0, 1]
  while (studentTail(high, degrees) > tail) high *= 2
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (studentTail(middle, degrees) > tail) low = middle
    else high = middle
  }
  return high
}

/** P(Z ≥ z) of a standard normal variable: a series near 0 and a continued fraction beyond (DLMF 7.6.2 and 7.9.1). */
export function normalTail(z: number): number {
  if (Number.isNaN(z)) return z
  if (z < 0) return 1 - normalTail(-z)
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
  if (z > 3) {
    let fraction = z
    for (let k = 200; k >= 1; k--) fraction = z + k / fraction
    return density / fraction
  }
  let [sum, term] = [z, z]
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (z * z) / (2 * k + 1)
    sum += term
  }
  return 0.5 - density * sum
}

/**
 * The e-value κ p^(κ − 1) of a p-value, κ in (0, 1): its mean under the null is 1 at most (Vovk and Wang 2021,
 * https://doi.org/10.1214/20-AOS2020). Evidence of one family may be averaged, that of independent ones multiplied.
 * Infinite at p = 0; NaN stays NaN.
 */
export function pToE(p: number, kappa = 1 / 2): number {
  return kappa * p ** (kappa - 1)
}

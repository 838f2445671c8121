/**
 * A p-value from draws under the null that stops once `enough` draws reached what was observed: enough / draws then, the
 * add-one share of all `most` draws otherwise. Valid, and cheap where the null holds: Besag and Clifford 1991
 * (https://doi.org/10.1093/biomet/78.2.301).
 */
export function sequentialPValue(
  observed: number,
  { most, enough }: { readonly most: number; readonly enough: number },
  draw: () => number,
): number {
  if (Number.isNaN(observed)) return Number.NaN
  let reached = 0
  for (let n = 1; n <= most; n++) {
    // A draw that is unknown counts against the claim.
    if (!(draw() < observed)) reached++
    if (reached === enough) return enough / n
  }
  return (reached + 1) / (most + 1)
}

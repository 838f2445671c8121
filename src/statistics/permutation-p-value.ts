/**
 * Share of `draws` under the null that reach what was observed, the observation counted as one of them, so that it is
 * never 0: Phipson and Smyth 2010 (https://doi.org/10.2202/1544-6115.1585). NaN where nothing was observed.
 */
export function permutationPValue(observed: number, draws: Float64Array): number {
  if (Number.isNaN(observed)) return Number.NaN
  let reached = 1
  // A draw that is unknown counts against the claim.
  for (const draw of draws) if (!(draw < observed)) reached++
  return reached / (draws.length + 1)
}

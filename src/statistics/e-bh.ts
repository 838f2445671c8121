import { benjaminiHochberg } from './benjamini-hochberg.ts'

/**
 * Least level at which each e-value is reported with the false-discovery rate held under any dependence: report those at
 * most the level chosen beforehand. e-BH of Wang and Ramdas 2022 (https://doi.org/10.1111/rssb.12489), which is the
 * procedure of Benjamini and Hochberg on 1/e. An e-value that is NaN was not tested: it stays NaN and does not count.
 */
export function eBenjaminiHochberg(eValues: Float64Array): Float64Array {
  return benjaminiHochberg(eValues.map((e) => 1 / e))
}

import { studentQuantile, studentTail } from './student-tail.ts'

/** Mean over subjects with its 95 % interval and the p-value that it exceeds 0. */
export type SubjectTest = {
  readonly mean: number
  readonly low: number
  readonly high: number
  readonly pValue: number
}

/** Student's test over subjects, one value each; `extra`: variance that subjects share, with its degrees of freedom. */
export function subjectTest(
  values: readonly number[],
  extra: { readonly variance: number; readonly degrees: number } = { variance: 0, degrees: 1 },
): SubjectTest {
  const size = values.length
  const mean = values.reduce((sum, one) => sum + one, 0) / size
  const own = values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / Math.max(1, size - 1) / size
  const variance = own + extra.variance
  if (size < 2 || !(variance > 0)) return { mean, low: mean, high: mean, pValue: mean > 0 ? 0.5 ** size : 1 }
  // Satterthwaite's degrees of freedom of a sum of two estimated variances.
  const degrees = variance ** 2 / (own ** 2 / (size - 1) + extra.variance ** 2 / extra.degrees)
  const whole = Math.max(1, Math.floor(degrees))
  const margin = studentQuantile(0.025, whole) * Math.sqrt(variance)
  return { mean, low: mean - margin, high: mean + margin, pValue: studentTail(mean / Math.sqrt(variance), whole) }
}

import type { PatternTest } from './pattern-test.ts'

/** Every test of the pattern, in the order of the report. */
export const patterns: readonly PatternTest[] = []

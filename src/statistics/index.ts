export { benjaminiHochberg } from './benjamini-hochberg.ts'
export { logBinomialMass } from './binomial-mass.ts'
export { logBinomialTail } from './binomial-tail.ts'
export { circularShift, shiftOffsets, type Turned } from './circular-shift.ts'
export { conformalPValues } from './conformal-p-values.ts'
export { eBenjaminiHochberg } from './e-bh.ts'
export { finiteBurstiness } from './finite-burstiness.ts'
export {
  type FlaggedShareBound,
  type FlaggedShareInput,
  flaggedShareBound,
} from './flagged-share-bound.ts'
export { type Draw, logHypergeometricTail } from './hypergeometric-tail.ts'
export { type Match, type Moves, matchReturns } from './match-returns.ts'
export { pToE } from './p-to-e.ts'
export { permutationPValue } from './permutation-p-value.ts'
export { logPoissonBinomialTail } from './poisson-binomial-tail.ts'
export { type Random, randomStream } from './random.ts'
export { type PhaseLocking, rayleighTest } from './rayleigh-test.ts'

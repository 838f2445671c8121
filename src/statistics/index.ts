export { type Match, type Moves, matchReturns } from './match-returns.ts'
export { type Random, randomStream } from './random.ts'

import { closedLoop } from './closed-loop.ts'
import { cohortUniformity } from './cohort-uniformity.ts'
import { commonExit } from './common-exit.ts'
import { depositReuse } from './deposit-reuse.ts'
import { exitRefuel } from './exit-refuel.ts'
import { funderCohort } from './funder-cohort.ts'
import { funderLink } from './funder-link.ts'
import { lockstep } from './lockstep.ts'
import { selfPayment } from './self-payment.ts'
import type { Signal } from './signal.ts'
import { turnTaking } from './turn-taking.ts'
import { valueReturn } from './value-return.ts'

/** Every signal, in the order of the report. */
export const signals = [
  ...[selfPayment, valueReturn, closedLoop],
  ...[funderLink, funderCohort, commonExit, depositReuse, exitRefuel],
  ...[lockstep, turnTaking, cohortUniformity],
] as unknown as readonly Signal[]

export { defineFeature, type Feature } from '../features/feature.ts'
export { selfPayment } from './self-payment.ts'
export {
  defineSignal,
  type EntityValues,
  type FalsePositive,
  type Finding,
  type PaymentMark,
  type Signal,
  type SignalResult,
} from './signal.ts'
export { valueReturn } from './value-return.ts'

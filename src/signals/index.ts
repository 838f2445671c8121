import { addressPattern } from './address-pattern.ts'
import { balancedTrading } from './balanced-trading.ts'
import { breadthWithoutDepth } from './breadth-without-depth.ts'
import { capitalTurnover } from './capital-turnover.ts'
import { closedLoop } from './closed-loop.ts'
import { closure } from './closure.ts'
import { cohortUniformity } from './cohort-uniformity.ts'
import { commonExit } from './common-exit.ts'
import { creationBurst } from './creation-burst.ts'
import { depositReuse } from './deposit-reuse.ts'
import { exitRefuel } from './exit-refuel.ts'
import { firstAmount } from './first-amount.ts'
import { funderCohort } from './funder-cohort.ts'
import { funderLink } from './funder-link.ts'
import { lockstep } from './lockstep.ts'
import { networkScore } from './network-score.ts'
import { payloadRepetition } from './payload-repetition.ts'
import { payoutProfit } from './payout-profit.ts'
import { regularity } from './regularity.ts'
import { sameSequence } from './same-sequence.ts'
import { selfPayment } from './self-payment.ts'
import type { Signal } from './signal.ts'
import { transferCommunity } from './transfer-community.ts'
import { turnTaking } from './turn-taking.ts'
import { valueReturn } from './value-return.ts'

/** Every signal, in the order of the report. */
export const signals = [
  ...[selfPayment, valueReturn, closedLoop],
  ...[funderLink, funderCohort, commonExit, depositReuse, exitRefuel, transferCommunity],
  ...[firstAmount, creationBurst, addressPattern],
  ...[balancedTrading, capitalTurnover, payoutProfit, networkScore, closure],
  ...[lockstep, turnTaking, cohortUniformity, sameSequence],
  ...[breadthWithoutDepth, payloadRepetition],
  ...[regularity],
] as unknown as readonly Signal[]

export { defineFeature, type Feature } from '../features/feature.ts'
export { funderLink } from './funder-link.ts'
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

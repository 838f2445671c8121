import { funderLink } from './funder-link.ts'
import { selfPayment } from './self-payment.ts'
import type { Signal } from './signal.ts'
import { valueReturn } from './value-return.ts'

/** Every signal, in the order of the report. */
export const signals = [selfPayment, valueReturn, funderLink] as unknown as readonly Signal[]

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

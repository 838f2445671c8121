export { type MarketOptions, simulateMarket } from './market.ts'
export type { Market, PaymentTruth } from './recorder.ts'

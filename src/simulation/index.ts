export { type Market, marketOf, type UsageTruth } from './facts.ts'
export { type MarketOptions, simulateMarket } from './market.ts'

export { type Market, marketOf, type UsageTruth } from './facts.ts'
export { type MarketOptions, simulateMarket } from './market.ts'
export type { Recording } from './recorder.ts'
export { recordsOf, type ScenarioOptions, scenarios, simulateScenario } from './scenario.ts'

import type { EntityMap } from '../clusters/entity-map.ts'
import type { Economy } from '../features/economy.ts'
import type { FeatureContext } from '../features/feature.ts'
import type { Bounds, Market } from './headline.ts'
import type { L0Reruns } from './l0-reruns.ts'
import type { SignalValues } from './tested-evidence.ts'

/** What is varied: the signals that measured the economy, and all that their values rest on. */
export type Scene = {
  readonly context: FeatureContext
  readonly seed: number
  readonly measured: readonly SignalValues[]
  readonly economy: Economy
  readonly entities: EntityMap
  readonly l0: L0Reruns
  readonly bounds: Bounds
  readonly market: Market
}

/** The same signals where every wallet is an entity by itself. */
export type Alone = { readonly context: FeatureContext; readonly measured: readonly SignalValues[] }

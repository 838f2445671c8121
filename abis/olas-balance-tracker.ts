import { parseAbi } from 'viem'

/**
 * Where requesters' money lies until a delivery; one contract a payment type. Source: valory-xyz/ai-registry-mech
 * @53811b7e65fb124cbd65902b0da944d08808d96e, abis/0.8.30/BalanceTrackerNvmSubscriptionNative.json; all trackers
 * share this event. Addresses: src/protocols/olas-deployments.ts.
 */
export const olasBalanceTracker = parseAbi([
  'event MechBalanceAdjusted(address indexed mech, uint256 deliveryRate, uint256 balance, uint256 rateDiff)',
])

import { depositReuse } from '../features/deposit-reuse.ts'
import { economy, type FreeTransfers } from '../features/economy.ts'
import { defineFeature } from '../features/feature.ts'
import { serviceHubs } from '../features/service-hubs.ts'
import { find, singletons, unite } from '../graph/union-find.ts'

/** Who cashes out through one deposit address, by wallet. */
export type DepositOwners = {
  /** For each wallet the number of an address, the same for all that share one, directly or through others; −1: none. */
  readonly owner: Int32Array
  /** A transfer to such an address; −1: none. */
  readonly transfer: Int32Array
}

/**
 * Deposit addresses of labelled exchanges (Victor 2020), and addresses that hand all on to a service which its structure
 * gave away. Exchanges give each customer an address of its own.
 */
export const depositOwners = defineFeature({
  id: 'deposit-owners',
  reads: ['usage_events', 'transfers'],
  derived: true,
  async compute({ get }): Promise<DepositOwners> {
    const { names, transfers, isService: isLabelled } = await get(economy)
    const { isDeposit, isService } = await get(serviceHubs)
    const { wallet, deposit } = await get(depositReuse)
    const sets = singletons(names.length)
    const used = new Uint8Array(names.length)
    const use = (user: number, address: number) => {
      unite(sets, user, address)
      used[user] = used[address] = 1
    }
    for (const [i, user] of wallet.entries()) use(user, deposit[i]!)
    // Those of labelled exchanges are known by amounts and times as well.
    const unlabelled = handedOn(transfers, isDeposit, isLabelled)
    const transfer = new Int32Array(names.length).fill(-1)
    for (let row = 0; row < transfers.from.length; row += 1) {
      const [from, to] = [transfers.from[row]!, transfers.to[row]!]
      if (isService[from] === 1) continue
      if (unlabelled[to] === 1) use(from, to)
      if (isDeposit[to] === 1) transfer[from] = row
    }
    return { owner: Int32Array.from(used, (is, node) => (is === 1 ? find(sets, node) : -1)), transfer }
  },
})

/** Deposit addresses that handed something on to a service which nobody labelled. */
function handedOn({ from, to }: FreeTransfers, isDeposit: Uint8Array, isLabelled: Uint8Array): Uint8Array {
  const found = new Uint8Array(isDeposit.length)
  for (let row = 0; row < from.length; row += 1)
    if (isDeposit[from[row]!] === 1 && isLabelled[to[row]!] === 0) found[from[row]!] = 1
  return found
}

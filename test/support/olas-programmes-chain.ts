import { type CollectOptions, collect } from '../../src/collect.ts'
import { openLedger } from '../../src/ledger/duckdb.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { olasMech } from '../../src/protocols/olas-mech.ts'
import { stakingTerms } from '../../src/protocols/olas-programmes.ts'
import { type Random, randomStream } from '../../src/statistics/random.ts'
import type { Contract } from './anvil.ts'
import { poisson } from './draft-windows.ts'
import { startProtocolChain } from './protocol-chain.ts'

export const CHAIN_ID = 100
const DAY = 86_400
const RATE = 10n ** 16n
/** Requests of one transaction, far below what a block has gas for. */
const MOST = 100
const address = (kind: number, n: number) => `0x${kind.toString(16)}${n.toString(16).padStart(39, '0')}`

/** Programmes of Gnosis by what they ask of a service each day. */
export const CONTRACTS: { readonly [target: number]: string } = {
  4: '0x9d00a0551f20979080d3762005c9b74d7aa77b85',
  16: '0x536d04dbd9a2310152a0d2d8d18dadfca8bb26b0',
  60: '0xcdc603e0ee55aae92519f9770f214b2be4967f7d',
}

/** `agent`: stops one after the target; `heavy`: asks as it needs; `padder`: asks a mech of its own, and stops there too. */
export type Kind = 'agent' | 'heavy' | 'padder'
export type Service = { readonly id: number; readonly target: number; readonly kind: Kind; readonly multisig: string }
export type Plan = {
  readonly targets: readonly number[]
  readonly each: { readonly [kind in Kind]: number }
  /** Days before services are staked, and after. */
  readonly free: number
  readonly staked: number
}

function servicesOf({ targets, each }: Plan): Service[] {
  const kinds = (Object.keys(each) as Kind[]).flatMap((kind) => Array.from({ length: each[kind] }, () => kind))
  return targets.flatMap((target, t) =>
    kinds.map((kind, k) => {
      const id = 1 + t * kinds.length + k
      return { id, target, kind, multisig: address(1, id) }
    }),
  )
}

function asked(random: Random, { kind, target }: Service, isStaked: boolean): number {
  if (isStaked && kind !== 'heavy') return target + 1
  return poisson(random, target * Math.exp(0.4 * random.normal()))
}

type Collected = { readonly ledger: Ledger; readonly services: readonly Service[]; readonly selfAsked: number }

/**
 * Staking programmes on a chain, day by day: every service asks mechs as its kind does, first unstaked, then staked, with
 * a checkpoint at each day's end. The mechs deliver everything. Returns the ledger that `collect` makes of it, and how many
 * requests padders made of their own mechs.
 */
export async function collectProgrammes(plan: Plan): Promise<Collected> {
  const chain = await startProtocolChain(olasMech, { chainId: CHAIN_ID })
  try {
    const services = servicesOf(plan)
    const selfAsked = await perform(chain, plan, services)
    await chain.anvil.client.mine({ blocks: 4 })
    const ledger = await openLedger(':memory:')
    const endpoints = [{ chain: chain.anvil.chain, url: chain.anvil.url }]
    const options: CollectOptions = { ledger, endpoints, protocols: [chain.protocol()], from: 0 }
    await collect(options)
    return { ledger, services, selfAsked }
  } finally {
    await chain.stop()
  }
}

type Chain = Awaited<ReturnType<typeof startProtocolChain>>

async function perform(chain: Chain, plan: Plan, services: readonly Service[]): Promise<number> {
  const { anvil } = chain
  const token = await anvil.deploy('Erc20')
  const marketplace = await chain.declare('mech-marketplace', 'MarketplaceV2')
  const tracker = await chain.declare('balance-tracker', 'BalanceTracker', { asset: token.address })
  const registry = await chain.declare('service-registry', 'ServiceRegistry')
  const contracts = new Map<number, Contract>()
  for (const target of plan.targets)
    contracts.set(
      target,
      await chain.declare('staking', 'Staking', { asset: token.address, address: CONTRACTS[target]! }),
    )
  const mechs = await createMechs(chain, marketplace, services)
  const start = DAY * (2 + Math.floor(Number((await anvil.client.getBlock()).timestamp) / DAY))
  const random = randomStream(1, 'olas-programmes')
  let [first, selfAsked] = [1, 0]
  for (let day = 0; day < plan.free + plan.staked; day++) {
    const isStaked = day >= plan.free
    await anvil.client.setNextBlockTimestamp({ timestamp: BigInt(start + day * DAY + 10) })
    if (day === plan.free)
      for (const { id, target, multisig } of services)
        await anvil.send(contracts.get(target)!, 'stake', [registry.address, BigInt(id), address(2, id), multisig])
    for (const [mech, own] of mechs) {
      const all = own.flatMap((service) => Array<string>(asked(random, service, isStaked)).fill(service.multisig))
      const multisig = own[0]!.kind === 'padder' ? own[0]!.multisig : address(3, 1)
      if (own[0]!.kind === 'padder') selfAsked += all.length
      for (let done = 0; done < all.length; done += MOST) {
        const requesters = all.slice(done, done + MOST)
        await anvil.send(marketplace, 'requestMany', [mech, tracker.address, requesters, first])
        await anvil.send(marketplace, 'deliverMany', [mech, tracker.address, multisig, requesters, first, RATE])
        first += requesters.length
      }
    }
    await anvil.client.setNextBlockTimestamp({ timestamp: BigInt(start + (day + 1) * DAY) })
    if (isStaked) for (const [target, contract] of contracts) await checkpoint(chain, contract, target, services)
  }
  return selfAsked
}

/** One mech of another service for all, and one for each padder, which it owns. */
async function createMechs({ anvil }: Chain, marketplace: Contract, services: readonly Service[]) {
  const padders = services.filter(({ kind }) => kind === 'padder')
  const groups = [services.filter(({ kind }) => kind !== 'padder'), ...padders.map((padder) => [padder])]
  const mechs: (readonly [string, readonly Service[]])[] = []
  for (const [i, group] of groups.entries()) {
    const receipt = await anvil.send(marketplace, 'create', [i === 0 ? 9_999 : group[0]!.id])
    mechs.push([`0x${receipt.logs[0]!.topics[1]!.slice(26)}`, group])
  }
  return mechs
}

async function checkpoint({ anvil }: Chain, contract: Contract, target: number, services: readonly Service[]) {
  const { rewardsPerSecond } = stakingTerms.get(`eip155:${CHAIN_ID}:${contract.address}`)!
  const passed = services.filter((service) => service.target === target).map(({ id }) => BigInt(id))
  const rewards = passed.map(() => rewardsPerSecond * BigInt(DAY))
  await anvil.send(contract, 'checkpoint', [passed, rewards, [], [], BigInt(DAY)])
}

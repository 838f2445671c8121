import { olasMech } from '../../src/protocols/olas-mech.ts'
import { type Deployment, withDeployments } from '../../src/protocols/protocol.ts'
import { type Anvil, type AnvilOptions, type Contract, startAnvil } from './anvil.ts'

export const wallet = (n: number) => `0x${n.toString(16).padStart(40, 'a')}`
export const requestId = (n: number) => `0x${n.toString(16).padStart(64, '0')}`
/** Delivers requests to each multisig, a few blocks apart. */
export const multisig = wallet(0xb1)
export const RATE = 10n

/** A marketplace without any mech, and the protocol that knows it. */
export async function startMarket(options: AnvilOptions = {}) {
  const anvil = await startAnvil(options)
  const marketplace = await anvil.deploy('MarketplaceV2')
  const tracker = await anvil.deploy('BalanceTracker')
  const token = await anvil.deploy('Erc20')
  const place = (role: string, { address, receipt }: Contract, asset?: string): Deployment => ({
    chain: anvil.chain,
    role,
    address,
    fromBlock: Number(receipt.blockNumber),
    ...(asset === undefined ? {} : { asset }),
    verified: true,
    source: 'test',
  })
  const protocol = withDeployments(
    olasMech,
    [place('mech-marketplace', marketplace), place('balance-tracker', tracker, token.address)],
    [
      { chain: anvil.chain, asset: token.address, symbol: 'T', decimals: 18, peg: 'USD' },
      { chain: anvil.chain, asset: 'native', symbol: 'ETH', decimals: 18 },
    ],
  )
  return { anvil, marketplace, tracker, token, protocol }
}

/**
 * A chain of a few hundred blocks with an Olas marketplace: requests in its first blocks, their delivery some 200
 * blocks later, and near its end a second mech that is announced, asked and delivers. Ten tokens each are moved from
 * requester 1 to the multisig and back.
 */
export async function startOlasChain(options: AnvilOptions = {}) {
  const chain = await startMarket(options)
  const { anvil, token } = chain
  const first = await createMech(chain, 1)
  await request(chain, first, [1, 2, 3])
  await anvil.send(token, 'mint', [wallet(1), 20n])
  await mine(anvil, 200)
  await deliver(chain, first, [1, 2, 3], RATE)
  await anvil.send(token, 'moveMany', [
    [wallet(1), multisig],
    [multisig, wallet(1)],
    [RATE, RATE],
  ])
  await anvil.send(token, 'mint', [wallet(0x99), 5n])
  await mine(anvil, 30)
  const last = await createMech(chain, 2)
  await request(chain, last, [4])
  await deliver(chain, last, [4], RATE)
  return { ...chain, first, last, head: await finalHead(anvil) }
}

export type OlasChain = Awaited<ReturnType<typeof startOlasChain>>
type Market = Pick<OlasChain, 'anvil' | 'marketplace' | 'tracker'>

/** A mech as the factory makes it, with its address read from the announcement. */
export async function createMech({ anvil, marketplace }: Market, serviceId: number): Promise<Contract> {
  const receipt = await anvil.send(marketplace, 'create', [serviceId])
  const address = `0x${receipt.logs[0]!.topics[1]!.slice(26)}` as const
  return { name: 'Mech', address, receipt }
}

export async function request({ anvil, marketplace, tracker }: Market, mech: Contract, ids: readonly number[]) {
  for (const id of ids) {
    const datas = [requestId(id * 1000)]
    await anvil.send(marketplace, 'request', [mech.address, tracker.address, wallet(id), [requestId(id)], datas])
  }
}

export async function deliver(
  { anvil, marketplace, tracker }: Market,
  mech: Contract,
  ids: readonly number[],
  rate: bigint,
) {
  const requesters = ids.map(wallet)
  const delivered = ids.map(() => true)
  const common = [mech.address, tracker.address, multisig, requesters, ids.map(requestId), delivered, rate]
  await anvil.send(marketplace, 'deliver', common)
}

/** Empty blocks, twelve seconds apart. */
export async function mine(anvil: Anvil, blocks: number): Promise<void> {
  await anvil.client.mine({ blocks, interval: 12 })
}

/** The last block so far, made final by a few empty ones. */
export async function finalHead(anvil: Anvil): Promise<number> {
  const head = Number(await anvil.client.getBlockNumber())
  await mine(anvil, 3)
  return head
}

export async function headOf(anvil: Anvil): Promise<number> {
  return Number(await anvil.client.getBlockNumber({ cacheTime: 0 }))
}

import { ocean } from '../../src/protocols/ocean.ts'
import type { Contract } from './anvil.ts'
import { startProtocolChain } from './protocol-chain.ts'

/** The token of most exchanges, and the one in which feeds are staked. */
export const OCEAN = `0x${'0cea'.repeat(10)}`
export const NOBODY = `0x${'0'.repeat(40)}`
/** Sapphire, for the contracts there that order for many. */
const FACTORY = '0x80e63f73cac60c1662f27d2dfd2ea834acddbaa8'
const HELPER = '0xe9397625df9b63f0c152f975234b7988b54710b8'

type Publication = {
  readonly owner: string
  /** Whom datatokens of orders are sent; default: they are burnt. */
  readonly collector?: string
  /** Of a subscription, seconds. */
  readonly period?: bigint
  readonly factory?: Contract
}

/** Ocean's contracts on a chain that says it is Sapphire, with factory and helper where they stand there. */
export async function startOceanChain() {
  const chain = await startProtocolChain(ocean, { chainId: 23294 })
  const factory = await chain.declare('erc721-factory', 'OceanFactory', { asset: OCEAN, address: FACTORY })
  const exchange = await chain.declare('fixed-rate', 'OceanFixedRate')
  const dispenser = await chain.declare('dispenser', 'OceanDispenser')
  const rewards = await chain.declare('df-rewards', 'OceanDfRewards')
  const escrow = await chain.declare('escrow', 'OceanEscrow')
  const helper = await chain.anvil.deploy('OceanHelper')
  await chain.anvil.client.setCode({
    address: HELPER,
    bytecode: (await chain.anvil.client.getCode({ address: helper.address }))!,
  })
  const templates = [await chain.anvil.deploy('OceanDataNft'), await chain.anvil.deploy('OceanDatatoken')]
  const at = (name: string, address: string): Contract => ({ ...factory, name, address: address as `0x${string}` })

  function publish({ owner, collector = NOBODY, period = 0n, factory: maker = factory }: Publication) {
    const args = [...templates.map(({ address }) => address), owner, collector, period]
    return chain.perform(maker, 'createNftWithErc20', args)
  }

  async function datatoken(publication: Publication): Promise<Contract> {
    const { discovered } = await publish(publication)
    return at('OceanDatatoken', discovered.find(({ role }) => role === 'datatoken')!.address)
  }

  return {
    ...chain,
    factory,
    exchange,
    dispenser,
    rewards,
    escrow,
    helper: at('OceanHelper', HELPER),
    at,
    publish,
    datatoken,
  }
}

export type OceanChain = Awaited<ReturnType<typeof startOceanChain>>

import type { Address } from 'viem'
import { expect } from 'vitest'
import { type DecodedFacts, decodeFacts } from '../../src/protocols/decode-transaction.ts'
import {
  type AnyProtocol,
  type Contracts,
  type Deployment,
  type Protocol,
  withDeployments,
} from '../../src/protocols/protocol.ts'
import { type Contract, startAnvil } from './anvil.ts'

/** A chain on which a protocol's contracts are deployed, and each transaction decoded with what earlier ones announced. */
export async function startProtocolChain<contracts extends Contracts>(
  base: Protocol<contracts>,
  { chainId }: { readonly chainId: number },
) {
  const anvil = await startAnvil({ chainId })
  const found = new Map<string, Deployment>()
  let protocol = withDeployments(base, [])

  /** Deploys one of the protocol's own contracts, at an address of the network where one is given. */
  async function declare(
    role: string,
    name: string,
    { asset, address }: { readonly asset?: string; readonly address?: string } = {},
  ): Promise<Contract> {
    const deployed = await anvil.deploy(name)
    const contract = address === undefined ? deployed : { ...deployed, address: address as Address }
    if (address !== undefined) {
      const bytecode = await anvil.client.getCode({ address: deployed.address })
      await anvil.client.setCode({ address: contract.address, bytecode: bytecode! })
    }
    const place = { chain: anvil.chain, role, address: contract.address, fromBlock: 0, verified: true, source: 'test' }
    protocol = withDeployments(base, [...protocol.deployments, asset === undefined ? place : { ...place, asset }])
    return contract
  }

  async function perform(
    contract: Contract,
    functionName: string,
    args: readonly unknown[] = [],
  ): Promise<DecodedFacts & { readonly hash: string; readonly block: number; readonly time: number }> {
    const receipt = await anvil.send(contract, functionName, args)
    const block = Number(receipt.blockNumber)
    const [raw] = await anvil.transactions(block, block)
    const decoded = decodeFacts(protocol, raw!, (address) => found.get(address))
    for (const deployment of decoded.discovered) found.set(deployment.address, deployment)
    expect(decoded.malformed).toEqual([])
    expect(decoded.oversized).toEqual([])
    return { ...decoded, hash: raw!.hash, block, time: raw!.timestamp }
  }

  return { anvil, declare, perform, protocol: () => protocol as unknown as AnyProtocol, stop: () => anvil.stop() }
}

export type ProtocolChain = Awaited<ReturnType<typeof startProtocolChain>>

/** Rows with some of their columns, in that order. */
export function pick<row extends object, key extends keyof row>(
  rows: readonly row[] | undefined,
  keys: readonly key[],
): Pick<row, key>[] {
  return (rows ?? []).map((row) => Object.fromEntries(keys.map((key) => [key, row[key]])) as Pick<row, key>)
}

import type { Abi, Address } from 'viem'
import { expect } from 'vitest'
import { type Deployment, withDeployments } from '../../src/protocols/protocol.ts'
import type { x402 } from '../../src/protocols/x402.ts'
import { x402Facilitators } from '../../src/protocols/x402-facilitators.ts'
import { type AnvilOptions, artifacts, type Contract, startAnvil } from './anvil.ts'

export const CHAIN = 'eip155:8453'
export const payer = `0x${'a1'.repeat(20)}`
export const other = `0x${'a2'.repeat(20)}`
export const seller = `0x${'b1'.repeat(20)}`
export const second = `0x${'b2'.repeat(20)}`
export const facilitator = x402Facilitators.find(({ chain }) => chain === CHAIN)!.address
export const nonce = (value: number) => `0x${value.toString(16).padStart(64, '0')}`

/** A chain with a dollar, another one, what settles authorizations in batches, and a listed facilitator. */
export async function startX402Chain(options: AnvilOptions = {}) {
  const anvil = await startAnvil({ chainId: 8453, ...options })
  const token = await anvil.deploy('X402Dollar')
  const foreign = await anvil.deploy('X402Dollar')
  const batch = await anvil.deploy('X402Batch')
  const proxy = await anvil.deploy('X402PermitProxy')
  for (const one of [token, foreign]) for (const to of [payer, other]) await anvil.send(one, 'mint', [to, 1_000_000n])
  await anvil.client.setBalance({ address: facilitator as Address, value: 10n ** 18n })
  await anvil.client.impersonateAccount({ address: facilitator as Address })

  const place = (role: string, { address }: Contract): Deployment => ({
    chain: CHAIN,
    role,
    address,
    fromBlock: 0,
    verified: true,
    source: 'test',
  })
  const on = (network: typeof x402) =>
    withDeployments(
      network,
      [place('token', token), place('permit2-proxy', proxy)],
      [{ chain: CHAIN, asset: token.address, symbol: 'USDC', decimals: 6, peg: 'USD' }],
    )

  /** The transaction as a transport reads it whole, sent by a listed facilitator unless another sender is named. */
  async function perform(contract: Contract, functionName: string, args: readonly unknown[], from = facilitator) {
    const { abi } = artifacts[contract.name] as { readonly abi: Abi }
    const [account, address] = [from as Address, contract.address]
    const hash = await anvil.client.writeContract({ abi, address, functionName, args, account, chain: null })
    const { blockNumber, status } = await anvil.client.waitForTransactionReceipt({ hash })
    expect(status).toBe('success')
    const [raw] = await anvil.transactions(Number(blockNumber), Number(blockNumber))
    return raw!
  }
  const settle = (value: number, amount: bigint, from?: string) =>
    perform(token, 'transferWithAuthorization', [payer, seller, amount, nonce(value)], from)
  return { anvil, token, foreign, batch, proxy, on, perform, settle }
}

export type X402Chain = Awaited<ReturnType<typeof startX402Chain>>

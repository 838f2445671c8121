import { expect } from 'vitest'
import { type DecodedFacts, decodeFacts } from '../../src/protocols/decode-transaction.ts'
import { type Deployment, type RawTransaction, withDeployments } from '../../src/protocols/protocol.ts'
import { virtualsAcp } from '../../src/protocols/virtuals-acp.ts'
import { graduationEvaluators } from '../../src/protocols/virtuals-acp-deployments.ts'
import { type Contract, startAnvil } from './anvil.ts'

export const client = `0x${'a1'.repeat(20)}`
export const provider = `0x${'b1'.repeat(20)}`
export const evaluator = `0x${'e1'.repeat(20)}`
export const treasury = `0x${'f1'.repeat(20)}`
export const recipient = `0x${'c1'.repeat(20)}`
export const nobody = `0x${'0'.repeat(40)}`
export const [graduationEvaluator] = [...graduationEvaluators] as [string]

/** A chain with the contracts of all generations, and a token that clients and contracts hold plenty of. */
export async function startAcpChain() {
  const anvil = await startAnvil({ chainId: 8453 })
  const token = await anvil.deploy('X402Dollar')
  const acp = await anvil.deploy('AcpSimple', [treasury, 100n, 500n])
  const router = await anvil.deploy('AcpRouter', [treasury])
  const commerce = await anvil.deploy('AcpCommerce', [token.address, treasury])
  const hook = await anvil.deploy('AcpFundHook')
  const oldHook = await anvil.deploy('AcpOldFundHook')
  const place = (role: string, { address }: Contract, asset?: string): Deployment => ({
    chain: anvil.chain,
    role,
    address,
    fromBlock: 0,
    ...(asset === undefined ? {} : { asset }),
    verified: true,
    source: 'test',
  })
  const protocol = withDeployments(virtualsAcp, [
    place('acp', acp),
    place('router', router),
    place('commerce', commerce, token.address),
    place('fund-hook', hook),
    place('fund-hook', oldHook),
  ])
  const found = new Map<string, Deployment>()
  const sent: RawTransaction[] = []

  /** Sends a transaction and decodes it with the modules that earlier ones have announced. */
  async function perform(contract: Contract, functionName: string, args: readonly unknown[] = []): Promise<Decoded> {
    const receipt = await anvil.send(contract, functionName, args)
    const block = Number(receipt.blockNumber)
    const [raw] = await anvil.transactions(block, block)
    sent.push(raw!)
    const decoded = decodeFacts(protocol, raw!, (address) => found.get(address))
    for (const deployment of decoded.discovered) found.set(deployment.address, deployment)
    expect(decoded.malformed).toEqual([])
    return { ...decoded, raw: raw! }
  }
  /** The same logs without those of other contracts, as a node gives them. */
  const decodeOwn = (raw: RawTransaction) => {
    const logs = raw.logs.filter(({ address }) => address !== token.address)
    return decodeFacts(protocol, { ...raw, logs }, (address) => found.get(address))
  }
  await anvil.send(token, 'mint', [client, 10n ** 12n])
  return { anvil, token, acp, router, commerce, hook, oldHook, protocol, found, sent, perform, decodeOwn }
}

export type AcpChain = Awaited<ReturnType<typeof startAcpChain>>
export type Decoded = DecodedFacts & { readonly raw: RawTransaction }

/** Kind, job, and whatever else the event says. */
export function eventsOf({ facts }: DecodedFacts) {
  return (facts.usage_events ?? []).map(({ kind, usage_id, consumer, provider, evaluator, service, ...row }) => {
    const said = { consumer, provider, evaluator, service, work: row.payload_hash }
    const parts = Object.entries(said).filter(([, value]) => value !== null)
    return [kind, usage_id, Object.fromEntries(parts), ...(row.class === 'ordinary' ? [] : [row.class])]
  })
}

export function legsOf({ facts }: DecodedFacts) {
  return (facts.payments ?? []).map((row) => [row.kind, row.usage_id, row.from, row.to, row.asset, row.amount])
}

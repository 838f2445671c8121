import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collectSubgraph } from '../../src/collect/subgraph.ts'
import { collect } from '../../src/collect.ts'
import { openLedger } from '../../src/ledger/duckdb.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { InconsistentSourceError } from '../../src/sources/source.ts'
import { reconcile } from '../../src/workflows/reconcile.ts'
import { renderReconciliation } from '../../src/workflows/render-reconciliation.ts'
import { type GraphNode, startGraphNode } from '../support/graph-node.ts'
import {
  deliver,
  headOf,
  multisig,
  type OlasChain,
  request,
  requestId,
  startOlasChain,
  wallet,
} from '../support/olas-chain.ts'

let chain: OlasChain
let node: GraphNode
let chainLedger: Ledger
let from: number

beforeAll(async () => {
  chain = await startOlasChain()
  const { anvil, marketplace, tracker, first, last } = chain
  // Beside the plain life of a request: two in one log, one delivered by another mech, one of two refused, two signed
  // off chain, two transactions in one block, and one that is never delivered.
  const both = [requestId(11), requestId(12)]
  await anvil.send(marketplace, 'request', [
    first.address,
    tracker.address,
    wallet(11),
    both,
    [requestId(1), '0xabcdef'],
  ])
  const common = [tracker.address, multisig, [wallet(11), wallet(11)], both]
  await anvil.send(marketplace, 'deliver', [last.address, ...common, [true, false], 7n])
  const signed = [requestId(21), requestId(22)]
  const datas = [requestId(2100), requestId(2200)]
  await anvil.send(marketplace, 'deliverSigned', [
    first.address,
    tracker.address,
    multisig,
    wallet(21),
    signed,
    datas,
    3n,
  ])
  await anvil.client.setAutomine(false)
  const sent: Promise<void>[] = []
  for (const id of [31, 32]) {
    sent.push(request(chain, first, [id]))
    await sleep(150)
  }
  await anvil.client.setAutomine(true)
  await anvil.client.mine({ blocks: 1 })
  await Promise.all(sent)
  await deliver(chain, first, [31], 2n ** 127n)
  from = Number(marketplace.receipt.blockNumber)
  node = await startGraphNode({ rpc: anvil.url, marketplace: marketplace.address, startBlock: from })
  chainLedger = await openLedger(':memory:')
  await collect({
    ledger: chainLedger,
    protocols: [chain.protocol],
    endpoints: [{ chain: anvil.chain, url: anvil.url }],
    to: await headOf(anvil),
  })
})
afterAll(async () => {
  chainLedger?.close()
  await node?.stop()
  await chain?.anvil.stop()
})

async function pinOf(block?: number) {
  const number = block ?? (await headOf(chain.anvil))
  const { hash } = await chain.anvil.client.getBlock({ blockNumber: BigInt(number) })
  return { number, hash: hash as string }
}

/** Everything the subgraph holds up to the head of the chain, in a ledger of its own. */
async function fromSubgraph(options: Partial<Parameters<typeof collectSubgraph>[0]> = {}) {
  const pin = await pinOf()
  const ledger = await openLedger(':memory:')
  const summary = await collectSubgraph({
    ...{ ledger, protocol: chain.protocol, chain: chain.anvil.chain, url: node.url, waitMs: 200 },
    ...{ range: { from, to: pin.number }, pin, windowBlocks: 50, ...options },
  })
  return { ledger: options.ledger ?? ledger, summary, pin }
}

const compareWith = (against: Ledger) =>
  reconcile({ used: chainLedger, against, protocol: 'olas-mech', chain: chain.anvil.chain })

describe('a subgraph of a real graph-node', () => {
  it('gives the rows that the chain gives, each under the key of its log', async () => {
    const { ledger, summary, pin } = await fromSubgraph()
    const result = await compareWith(ledger)
    expect(renderReconciliation(result)).toBe('')
    ledger.close()
  })
})

import { custom } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TRANSFER_TOPIC } from '../../../src/protocols/token-transfers.ts'
import { rpcClient } from '../../../src/sources/rpc/client.ts'
import { readChunks } from '../../../src/sources/rpc/read-chunks.ts'
import type { Reading } from '../../../src/sources/rpc/reading.ts'
import { InconsistentSourceError } from '../../../src/sources/source.ts'
import { omissionPower } from '../../../src/statistics/omission-power.ts'
import { randomStream } from '../../../src/statistics/random.ts'
import { type Anvil, type Contract, startAnvil } from '../../support/anvil.ts'
import { type Ask, rememberedChain } from '../../support/chaos-node.ts'
import { finalHead, wallet } from '../../support/olas-chain.ts'
import { readingOf } from '../../support/reading.ts'

const BLOCKS = 120
const LOGS_A_BLOCK = 10
const RUNS = 500

let anvil: Anvil
let token: Contract
let ask: Ask
let range: { readonly from: number; readonly to: number }
beforeAll(async () => {
  anvil = await startAnvil()
  token = await anvil.deploy('Erc20')
  await anvil.send(token, 'mint', [wallet(1), 10n ** 6n])
  const from = Array.from({ length: LOGS_A_BLOCK }, () => wallet(1))
  const to = from.map((_, i) => wallet(2 + i))
  for (let i = 0; i < BLOCKS; i += 1) await anvil.send(token, 'moveMany', [from, to, from.map(() => 1n)])
  const head = await finalHead(anvil)
  range = { from: head - BLOCKS + 1, to: head }
  ask = rememberedChain(anvil.url)
})
afterAll(() => anvil.stop())

type Log = { readonly blockNumber: string; readonly logIndex: string }
type Change = (logs: readonly Log[]) => readonly Log[]

/** Reads the range through a node that changes its answers to eth_getLogs, and knows no receipts where told so. */
async function read(change: Change, options: Partial<Reading> & { readonly receipts?: boolean } = {}) {
  const { receipts = true, ...rest } = options
  const request = async ({ method, params }: { method: string; params?: readonly unknown[] }) => {
    if (method === 'eth_getBlockReceipts' && !receipts) throw { code: -32601, message: 'the method does not exist' }
    const answer = await ask(method, params ?? [])
    return method === 'eth_getLogs' ? change(answer as readonly Log[]) : answer
  }
  const endpoint = { chain: anvil.chain, transport: custom({ request }) }
  const sum = { blocks: 0, logs: 0, served: true }
  const reading = readingOf(rpcClient(endpoint, { backoffMs: 1 }), {
    range,
    checked: ({ blocks, logs, served }) => {
      sum.blocks += blocks
      sum.logs += logs
      sum.served = served
    },
    ...rest,
  })
  const filters = [{ addresses: [token.address], topics: [[TRANSFER_TOPIC]] }]
  let rows = 0
  for await (const chunk of readChunks(reading, { range, gaps: [range], filters, keep: () => true }))
    rows += chunk.logs.length
  return { ...sum, rows }
}

const honest: Change = (logs) => logs

/** Leaves out each log with probability `share`, the same ones however often they are asked for. */
function dropping(share: number, seed: string): Change {
  const random = randomStream(0, `drop ${seed}`)
  const dropped = new Map<string, boolean>()
  return (logs) =>
    logs.filter(({ blockNumber, logIndex }) => {
      const place = `${blockNumber} ${logIndex}`
      if (!dropped.has(place)) dropped.set(place, random.next() < share)
      return dropped.get(place) !== true
    })
}

describe('the power that is printed', () => {
  it.each([0.001, 0.005, 0.02])(
    'is the rate at which a node is caught that leaves out %f of its logs',
    async (share) => {
      let expected = 0
      let variance = 0
      let caught = 0
      for (let run = 0; run < RUNS; run += 1) {
        const seed = `${share} ${run}`
        const { logs } = await read(honest, { seed })
        const power = omissionPower(logs, share)
        expected += power
        variance += power * (1 - power)
        await read(dropping(share, seed), { seed }).catch((error: unknown) => {
          expect(error).toBeInstanceOf(InconsistentSourceError)
          caught += 1
        })
      }
      console.log(
        `${share * 100} % left out: caught in ${caught} of ${RUNS} runs, printed power ${(expected / RUNS).toFixed(4)}`,
      )
      // 99.9 % of a normal law, and one run for its coarseness.
      expect(Math.abs(caught - expected)).toBeLessThanOrEqual(3.29 * Math.sqrt(variance) + 1)
    },
  )
})

describe('what is compared', () => {
  it('is the same for the same seed, however the range is cut, and other blocks for another seed', async () => {
    const whole = await read(honest)
    expect(whole).toMatchObject({ rows: BLOCKS * LOGS_A_BLOCK, served: true })
    expect(whole.blocks).toBeGreaterThan(4)
    expect(whole.logs).toBe(whole.blocks * LOGS_A_BLOCK)
    expect(await read(honest, { mostBlocks: 7 })).toEqual(whole)
    const others = await Promise.all(['a', 'b', 'c', 'd'].map((seed) => read(honest, { seed })))
    expect(new Set(others.map(({ blocks }) => blocks)).size).toBeGreaterThan(1)
  })

  it('is every block that its header does not clear, where the user is paranoid', async () => {
    const all = await read(honest, { paranoid: true })
    expect(all).toMatchObject({ blocks: BLOCKS, logs: BLOCKS * LOGS_A_BLOCK })
    let left = true
    const oneLess: Change = (logs) =>
      logs.filter(({ blockNumber, logIndex }) => {
        const hit = left && Number(blockNumber) === range.from + 50 && Number(logIndex) === 3
        if (hit) left = false
        return !hit
      })
    await expect(read(oneLess, { paranoid: true })).rejects.toThrow(
      /left a log out of an answer[\s\S]*eth_getLogs: 9 logs of this block\nits receipts: 10 logs/,
    )
  })

  it('is nothing where a single node has no receipts, and that is said', async () => {
    expect(await read(honest, { receipts: false })).toMatchObject({ blocks: 0, logs: 0, served: false })
  })
})

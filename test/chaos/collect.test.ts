import pLimit from 'p-limit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collect } from '../../src/collect.ts'
import { WashboardError } from '../../src/errors.ts'
import { openLedger } from '../../src/ledger/duckdb.ts'
import { SourceError } from '../../src/sources/source.ts'
import { type Ask, rememberedChain, startChaosNode } from '../support/chaos-node.ts'
import { type ChaosPlan, chaosPlan, permanentFaults } from '../support/chaos-plan.ts'
import {
  deliver,
  finalHead,
  mine,
  type OlasChain,
  RATE,
  request,
  startOlasChain,
  wallet,
} from '../support/olas-chain.ts'

const SEEDS = Number(process.env.WASHBOARD_CHAOS_SEEDS ?? 200)
const FIRST = Number(process.env.WASHBOARD_CHAOS_FIRST ?? 1)
/** Seeds that failed once. They are run whatever the number of seeds. */
const REGRESSIONS: readonly number[] = [217, 262, 303, 624, 792, 798, 1804, 1826]
const AT_ONCE = 3

let chain: OlasChain
let other: OlasChain
let head: number
let truth: string
let ask: Ask
let askOther: Ask
const calmCalls = new Map<string, number>()

beforeAll(async () => {
  chain = await startOlasChain()
  const ids = Array.from({ length: 12 }, (_, i) => 20 + i)
  await request(chain, chain.first, ids)
  await mine(chain.anvil, 10)
  await deliver(chain, chain.first, ids, RATE)
  await chain.anvil.send(chain.token, 'mint', [wallet(20), 500n])
  for (const id of ids) await chain.anvil.send(chain.token, 'moveMany', [[wallet(20)], [wallet(id)], [1n]])
  head = await finalHead(chain.anvil)
  // The same contracts at the same addresses, with another history.
  other = await startOlasChain()
  await other.anvil.client.mine({ blocks: head })
  ask = rememberedChain(chain.anvil.url)
  askOther = rememberedChain(other.anvil.url)
  const ran = await run({ ...chaosPlan(0), ...CALM, nodes: [{ ...chaosPlan(0).nodes[0]!, ...CALM_NODE }] })
  truth = ran.hash!
  expect(ran.error).toBeNull()
}, 120_000)

afterAll(async () => {
  await chain.anvil.stop()
  await other.anvil.stop()
})

const CALM = { paranoid: true, chunkBlocks: null, concurrency: 2 }
const CALM_NODE = {
  rate: 0,
  faults: [],
  permanent: null,
  limits: { blocks: null, inclusive: true, words: 'vague', results: null, suggests: false, times: true, batches: true },
} as const

type Ran = { readonly hash: string | null; readonly error: unknown; readonly calls: number }

/** One collection through the nodes of a plan, from nothing. */
async function run(plan: ChaosPlan): Promise<Ran> {
  const nodes = await Promise.all(plan.nodes.map((node, i) => startChaosNode(ask, askOther, node, `${plan.seed} ${i}`)))
  const ledger = await openLedger(':memory:', { threads: 1 })
  const calls = () => nodes.reduce((sum, node) => sum + node.calls(), 0)
  try {
    await collect({
      ledger,
      protocols: [chain.protocol],
      endpoints: nodes.map(({ url }) => ({ chain: chain.anvil.chain, url })),
      to: head,
      backoffMs: 2,
      timeoutMs: 1_500,
      paranoid: plan.paranoid,
      concurrency: plan.concurrency,
      seed: String(plan.seed),
      ...(plan.chunkBlocks === null ? {} : { chunkBlocks: plan.chunkBlocks }),
    })
    return { hash: await ledger.hash(), error: null, calls: calls() }
  } catch (error) {
    return { hash: null, error, calls: calls() }
  } finally {
    ledger.close()
    await Promise.all(nodes.map((node) => node.stop()))
  }
}

/** The same nodes with the same limits, without their faults. */
async function callsWithoutFaults(plan: ChaosPlan): Promise<number> {
  const nodes = plan.nodes.map((node) => ({ ...node, rate: 0, faults: [], permanent: null }))
  const key = JSON.stringify({ ...plan, seed: 0, nodes })
  const known = calmCalls.get(key)
  if (known !== undefined) return known
  const { calls, hash } = await run({ ...plan, nodes })
  expect(hash).toBe(truth)
  calmCalls.set(key, calls)
  return calls
}

describe(`chaos over ${SEEDS} seeds from ${FIRST}`, () => {
  it('ends with the truth, or fails loudly where a fault is for good', { timeout: 3_600_000 }, async () => {
    const seeds = [...new Set([...REGRESSIONS, ...Array.from({ length: SEEDS }, (_, i) => FIRST + i)])]
    const limit = pLimit(AT_ONCE)
    const results = await Promise.all(seeds.map((seed) => limit(() => judge(chaosPlan(seed)))))
    const of = (kind: string) => results.filter((result) => result.kind === kind)
    const transient = results.filter((result) => result.permanent === null)
    const good = transient.filter(({ kind }) => kind === 'truth')
    console.log(
      `${seeds.length} seeds: ${of('truth').length} with the truth, ${of('failed').length} failed loudly, ${transient.length} with transient faults only, of which ${good.length} within 10 times the calls`,
    )
    for (const fault of permanentFaults) {
      const list = results.filter(({ permanent }) => permanent === fault)
      console.log(
        `  ${fault}: ${list.length} seeds, ${list.filter(({ kind }) => kind === 'truth').length} with the truth`,
      )
    }
    for (const result of transient.filter(({ kind }) => kind !== 'truth'))
      console.log(`  seed ${result.seed}: ${result.kind} ${result.said}`)
    expect(of('wrong')).toEqual([])
    expect(of('unclear')).toEqual([])
    expect(good.length / transient.length).toBeGreaterThanOrEqual(0.995)
  })
})

/** `wrong`: another ledger than the truth, and no error; `unclear`: an error that is none of ours. */
async function judge(plan: ChaosPlan) {
  const ran = await run(plan)
  const permanent = plan.nodes.find((node) => node.permanent !== null)?.permanent ?? null
  const about = { seed: plan.seed, permanent }
  if (ran.error === null) {
    if (ran.hash !== truth) return { ...about, kind: 'wrong', said: 'another ledger' }
    const most = permanent === null ? 10 * (await callsWithoutFaults(plan)) : Number.POSITIVE_INFINITY
    return { ...about, kind: ran.calls <= most ? 'truth' : 'costly', said: `${ran.calls} calls of ${most}` }
  }
  const said = ran.error instanceof Error ? ran.error.message.replaceAll('\n', ' | ') : String(ran.error)
  const ours = ran.error instanceof WashboardError && ran.error instanceof SourceError
  return { ...about, kind: ours ? 'failed' : 'unclear', said }
}

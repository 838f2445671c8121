import pLimit from 'p-limit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collect } from '../../src/collect.ts'
import { WashboardError } from '../../src/errors.ts'
import { openLedger } from '../../src/ledger/duckdb.ts'
import type { AnyProtocol } from '../../src/protocols/protocol.ts'
import { x402 } from '../../src/protocols/x402.ts'
import { SourceError } from '../../src/sources/source.ts'
import type { Anvil } from '../support/anvil.ts'
import { type Ask, rememberedChain, startChaosNode } from '../support/chaos-node.ts'
import { type ChaosPlan, chaosPlan, permanentFaults } from '../support/chaos-plan.ts'
import { deliver, finalHead, mine, RATE, request, startOlasChain, wallet } from '../support/olas-chain.ts'
import { startX402Chain } from '../support/x402-chain.ts'

const SEEDS = Number(process.env.WASHBOARD_CHAOS_SEEDS ?? 200)
const FIRST = Number(process.env.WASHBOARD_CHAOS_FIRST ?? 1)
/** Seeds that failed once. They are run whatever the number of seeds. */
const REGRESSIONS: readonly number[] = [217, 262, 303, 624, 792, 798, 1804, 1826]
const AT_ONCE = 3

type Story = {
  readonly protocol: AnyProtocol
  readonly chain: string
  readonly head: number
  readonly ask: Ask
  /** The same contracts at the same addresses, with another history. */
  readonly askOther: Ask
  stop(): Promise<void>
}

/** Usage is read from the logs of contracts that factories announce. */
async function mechs(): Promise<Story> {
  const chain = await startOlasChain()
  const ids = Array.from({ length: 12 }, (_, i) => 20 + i)
  await request(chain, chain.first, ids)
  await mine(chain.anvil, 10)
  await deliver(chain, chain.first, ids, RATE)
  await chain.anvil.send(chain.token, 'mint', [wallet(20), 500n])
  for (const id of ids) await chain.anvil.send(chain.token, 'moveMany', [[wallet(20)], [wallet(id)], [1n]])
  return storyOf(chain.anvil, await startOlasChain(), chain.protocol)
}

/** Usage is read from transactions as a whole. */
async function settlements(): Promise<Story> {
  const chain = await startX402Chain()
  for (let i = 0; i < 40; i += 1) {
    await chain.settle(i, BigInt(i + 1), i % 4 === 0 ? chain.anvil.account : undefined)
    await mine(chain.anvil, i % 7)
  }
  return storyOf(chain.anvil, await startX402Chain(), chain.on(x402))
}

async function storyOf(anvil: Anvil, other: { readonly anvil: Anvil }, protocol: AnyProtocol): Promise<Story> {
  const head = await finalHead(anvil)
  await other.anvil.client.mine({ blocks: head })
  return {
    protocol,
    chain: anvil.chain,
    head,
    ask: rememberedChain(anvil.url),
    askOther: rememberedChain(other.anvil.url),
    stop: async () => {
      await Promise.all([anvil.stop(), other.anvil.stop()])
    },
  }
}

const CALM = { paranoid: true, chunkBlocks: null, concurrency: 2 }
const CALM_NODE = {
  rate: 0,
  faults: [],
  permanent: null,
  limits: { blocks: null, inclusive: true, words: 'vague', results: null, suggests: false, times: true, batches: true },
} as const

type Ran = { readonly hash: string | null; readonly error: unknown; readonly calls: number }

/** One collection through the nodes of a plan, from nothing. */
async function run({ ask, askOther, ...story }: Story, plan: ChaosPlan): Promise<Ran> {
  const nodes = await Promise.all(plan.nodes.map((node, i) => startChaosNode(ask, askOther, node, `${plan.seed} ${i}`)))
  const ledger = await openLedger(':memory:', { threads: 1 })
  const calls = () => nodes.reduce((sum, node) => sum + node.calls(), 0)
  try {
    await collect({
      ledger,
      protocols: [story.protocol],
      endpoints: nodes.map(({ url }) => ({ chain: story.chain, url })),
      to: story.head,
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

type Judged = {
  readonly seed: number
  readonly permanent: string | null
  readonly kind: 'truth' | 'costly' | 'failed' | 'wrong' | 'unclear'
  readonly said: string
}

/** Judges plans against what a calm node gives. */
async function judgeOf(story: Story) {
  const calm = chaosPlan(0)
  const { hash: truth, error } = await run(story, {
    ...calm,
    ...CALM,
    nodes: [{ ...calm.nodes[0]!, ...CALM_NODE }],
  })
  expect(error).toBeNull()
  const calmCalls = new Map<string, number>()

  /** The same nodes with the same limits, without their faults. */
  async function callsWithoutFaults(plan: ChaosPlan): Promise<number> {
    const nodes = plan.nodes.map((node) => ({ ...node, rate: 0, faults: [], permanent: null }))
    const key = JSON.stringify({ ...plan, seed: 0, nodes })
    const known = calmCalls.get(key)
    if (known !== undefined) return known
    const { calls, hash } = await run(story, { ...plan, nodes })
    expect(hash).toBe(truth)
    calmCalls.set(key, calls)
    return calls
  }

  /** `wrong`: another ledger than the truth, and no error; `unclear`: an error that is none of ours. */
  return async (plan: ChaosPlan): Promise<Judged> => {
    const ran = await run(story, plan)
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
}

function say(results: readonly Judged[]): void {
  const of = (kind: Judged['kind']) => results.filter((result) => result.kind === kind).length
  const transient = results.filter(({ permanent }) => permanent === null)
  const good = transient.filter(({ kind }) => kind === 'truth')
  console.log(
    `${results.length} seeds: ${of('truth')} with the truth, ${of('failed')} failed loudly, ${transient.length} with transient faults only, of which ${good.length} within 10 times the calls`,
  )
  for (const fault of permanentFaults) {
    const list = results.filter(({ permanent }) => permanent === fault)
    console.log(
      `  ${fault}: ${list.length} seeds, ${list.filter(({ kind }) => kind === 'truth').length} with the truth`,
    )
  }
  for (const { kind, seed, said } of transient) if (kind !== 'truth') console.log(`  seed ${seed}: ${kind} ${said}`)
}

/** Whole transactions take the same path up to their receipts, so that fewer seeds go through them. */
const stories = [
  { name: 'logs of announced contracts', start: mechs, seeds: SEEDS },
  { name: 'transactions read whole', start: settlements, seeds: Math.ceil(SEEDS / 4) },
]

describe.each(stories)(`chaos from seed ${FIRST} on, $seeds seeds: $name`, ({ start, seeds: number }) => {
  let story: Story
  beforeAll(async () => {
    story = await start()
  }, 120_000)
  afterAll(() => story.stop())

  it('ends with the truth, or fails loudly where a fault is for good', { timeout: 3_600_000 }, async () => {
    const judge = await judgeOf(story)
    const seeds = [...new Set([...REGRESSIONS, ...Array.from({ length: number }, (_, i) => FIRST + i)])]
    const limit = pLimit(AT_ONCE)
    const results = await Promise.all(seeds.map((seed) => limit(() => judge(chaosPlan(seed)))))
    say(results)
    expect(results.filter(({ kind }) => kind === 'wrong' || kind === 'unclear')).toEqual([])
    const transient = results.filter(({ permanent }) => permanent === null)
    const good = transient.filter(({ kind }) => kind === 'truth')
    expect(good.length / transient.length).toBeGreaterThanOrEqual(0.995)
  })
})

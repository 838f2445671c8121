import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collect } from '../../src/collect.ts'
import { featureCache } from '../../src/features/feature.ts'
import { openLedger } from '../../src/ledger/duckdb.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import type { Facts } from '../../src/records/index.ts'
import { signals } from '../../src/signals/index.ts'
import { runSignal } from '../../src/signals/run-signal.ts'
import { type Market, simulateMarket } from '../../src/simulation/index.ts'
import { withLedger } from '../support/ledger-with.ts'
import { replay } from '../support/replay.ts'

let market: Market
let played: Awaited<ReturnType<typeof replay>>
let ledger: Ledger

beforeAll(async () => {
  market = simulateMarket({
    seed: 5,
    services: 4,
    consumers: 12,
    days: 20,
    ring: { puppets: 2, payments: 4, selfPayments: 3 },
  })
  played = await replay(market.facts)
  ledger = await openLedger(':memory:')
  const { anvil, protocol, head } = played
  await collect({
    ledger,
    protocols: [protocol],
    endpoints: [{ chain: anvil.chain, url: anvil.url }],
    from: 0,
    to: head,
    native: true,
    backoffMs: 1,
  })
})
afterAll(async () => {
  ledger?.close()
  await played?.anvil.stop()
})

type Moved = { readonly from: unknown; readonly to: unknown; readonly amount: unknown; readonly timestamp: unknown }
const sorted = (rows: readonly unknown[][]) => rows.map((row) => row.join(' ')).sort()
const simulated = (rows: readonly Moved[] = []) =>
  sorted(rows.map(({ from, to, amount, timestamp }) => [from, to, amount, (timestamp as number) + played.shift]))
const inLedger = (rows: readonly Moved[]) =>
  sorted(rows.map(({ from, to, amount, timestamp }) => [from, to, amount, timestamp]))

/** What each certificate says. A chain adds transfers of its own, such as those of deployers, which are part of every null. */
async function findings(of: Ledger) {
  const context = featureCache(of, { from: null, to: null })
  const filled = new Set(['usage_events', 'payments', 'transfers'] as const)
  const results = []
  for (const signal of signals.filter(({ nullModel }) => nullModel.name === 'certificate')) {
    const result = await runSignal(signal, context, filled as never, 1)
    if (result.status !== 'measured') throw new Error(JSON.stringify(result))
    const found = result.findings.map(({ subjects, payments }) => [
      subjects.join(' '),
      payments.filter(({ level }) => level !== 'none').length,
    ])
    results.push({ signal: signal.id, found: sorted(found) })
  }
  return results
}

describe('a market that is played on a chain and collected', () => {
  it('is the market that was simulated: its payments', async () => {
    const rows = (await ledger.rows('all-payments')) as unknown as Moved[]
    expect(rows.length).toBeGreaterThan(40)
    expect(inLedger(rows)).toEqual(simulated(market.facts.payments))
  })

  it('is the market that was simulated: its transfers, of the token and of the currency of the chain', async () => {
    const rows = await ledger.rows('all-transfers')
    const minted = rows.filter(({ from }) => from === `0x${'0'.repeat(40)}`)
    const moved = rows.filter((row) => !minted.includes(row)) as unknown as (Moved & { kind: string })[]
    const all = market.facts.transfers ?? []
    for (const kind of ['erc20', 'native'])
      expect(inLedger(moved.filter((row) => row.kind === kind))).toEqual(
        simulated(all.filter((row) => row.kind === kind)),
      )
  })

  it('gets the same findings from every certificate', async () => {
    const before = await withLedger(market.facts as Facts, ({ ledger }) => findings(ledger))
    expect(before.some(({ found }) => found.length > 0)).toBe(true)
    expect(await findings(ledger)).toEqual(before)
  })
})

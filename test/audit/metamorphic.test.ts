import { beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../src/audit.ts'
import { openLedger } from '../../src/ledger/duckdb.ts'
import type { Facts } from '../../src/records/index.ts'
import type { Published, Report } from '../../src/report/report.ts'
import { type Market, marketOf, simulateScenario, type UsageTruth } from '../../src/simulation/index.ts'
import { metamorphoses, rename } from '../support/metamorphosis.ts'

type Entity = { readonly nats: number; readonly named: boolean }
type Scored = Pick<Report, 'published' | 'ladder'> & { readonly entities: ReadonlyMap<string, Entity> }

/** A market with adversaries of every kind. */
const { facts } = marketOf(simulateScenario({ scenario: 'mixed', seed: 7, records: 15_000 }))

async function scored(batches: readonly Facts[]): Promise<Scored> {
  const ledger = await openLedger(':memory:', { threads: 1 })
  try {
    for (const batch of batches) await ledger.append({ facts: batch })
    const { report } = await audit(ledger, { controls: 'none' })
    const rows = await ledger.rows('entity-scores')
    const entities = rows.map(({ entity, micronats, named }): [string, Entity] => [
      String(entity),
      { nats: Number(micronats) / 1e6, named: named === true },
    ])
    return { published: report.published, ladder: report.ladder, entities: new Map(entities) }
  } finally {
    ledger.close()
  }
}

/** Everything around some usages of another market: who takes part in them, and what these were sent and sent. */
function around({ facts: all, truth }: Market, isWanted: (usage: UsageTruth) => boolean): Facts {
  const isMine = ({ usage_id }: { readonly usage_id: string }) => {
    const usage = truth.payments.get(usage_id)
    return usage !== undefined && isWanted(usage)
  }
  const usages = all.usage_events!.filter(isMine)
  const parties = new Set(usages.flatMap(({ consumer, provider }) => [consumer, provider]))
  const transfers = all.transfers!.filter(({ from, to }) => parties.has(from) || parties.has(to))
  return { usage_events: usages, payments: all.payments!.filter(isMine), transfers, assets: all.assets ?? [] }
}

const figure = ({ published }: Scored, bound: 'L0' | 'L1' | 'U1') =>
  published.value[bound] as Extract<Published, { mid: number }>
const L0 = (of: Scored) => figure(of, 'L0').mid
const change = (name: string) => metamorphoses.find((one) => one.name === name)!.facts
const changed = (name: string) => scored([change(name)(facts)].flat())

let before: Scored
beforeAll(async () => {
  before = await scored([facts])
}, 30_000)

describe('the score of a market', () => {
  it('has something to change: entities that are named, and others that are not', () => {
    const named = [...before.entities.values()].filter((entity) => entity.named).length
    expect(named).toBeGreaterThan(10)
    expect(before.entities.size - named).toBeGreaterThan(100)
    expect(L0(before)).toBeGreaterThan(0.05)
  })

  it.each(['rows in another order', 'batches cut otherwise'])('is the same with %s', async (name) => {
    expect(await changed(name)).toEqual(before)
  })

  it('is the same with wallets by other names', async () => {
    const { entities, ...rest } = await changed('wallets by other names')
    expect({ ...before, ...rest }).toEqual(before)
    expect(entities).toEqual(new Map([...before.entities].map(([wallet, entity]) => [rename(wallet), entity])))
  })

  it('is the same with amounts in a smaller unit: no threshold is an amount', async () => {
    const after = await changed('amounts in a smaller unit')
    expect(after.entities).toEqual(before.entities)
    for (const bound of ['L0', 'L1', 'U1'] as const)
      for (const end of ['low', 'mid', 'high'] as const) {
        expect(figure(after, bound)[end]).toBeCloseTo(figure(before, bound)[end], 12)
      }
  })

  it('moves by a term of ln(N′ / N) for each family where an honest cluster joins, and nobody crosses the gate', async () => {
    const other = marketOf(simulateScenario({ scenario: 'market', seed: 8, records: 15_000 }))
    const after = await scored([facts, around(other, ({ control }) => control === 'boutique')])
    expect(after.entities.size).toBeGreaterThan(before.entities.size + 5)
    // Five families; and what is drawn at random is drawn anew.
    const most = 5 * Math.log(after.entities.size / before.entities.size) + 0.25
    for (const [wallet, { nats, named }] of before.entities) {
      const now = after.entities.get(wallet)!
      expect(now.named).toBe(named)
      expect(Math.abs(now.nats - nats)).toBeLessThanOrEqual(most)
    }
    for (const [wallet, { named }] of after.entities) if (!before.entities.has(wallet)) expect(named).toBe(false)
  })

  it('has no lower floor where wallets that pay themselves join, with a funder of their own', async () => {
    const other = marketOf(simulateScenario({ scenario: 'A0', seed: 8, records: 15_000, share: 0.2 }))
    const ring = around(other, ({ adversary }) => adversary === 'A0')
    expect(ring.usage_events!.length).toBeGreaterThan(20)
    expect(L0(await scored([facts, ring]))).toBeGreaterThan(L0(before))
  })
})

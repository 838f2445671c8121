import { entityMap } from '../../src/clusters/entity-map.ts'
import { economy } from '../../src/features/economy.ts'
import { featureCache } from '../../src/features/feature.ts'
import { openLedger } from '../../src/ledger/duckdb.ts'
import type { TableName } from '../../src/records/index.ts'
import { runSignal } from '../../src/signals/run-signal.ts'
import type { Signal } from '../../src/signals/signal.ts'
import { marketOf, simulateScenario } from '../../src/simulation/index.ts'

/** Of the entities of one honest class that a signal tested, how many have p ≤ .05; and the share in each world. */
export type HonestRate = { readonly tested: number; readonly marked: number; readonly worlds: readonly number[] }

const WORLDS = 5
const RECORDS = 30_000

let opened: ReturnType<typeof openWorlds> | undefined

/** What a signal marks in markets where everybody is honest, by the class of the payer, or of the payers of a payee. */
export async function honestRates(signal: Signal): Promise<ReadonlyMap<string, HonestRate>> {
  opened ??= openWorlds()
  const rates = new Map<string, { tested: number; marked: number; worlds: number[] }>()
  for (const { context, filled, classOf } of await opened) {
    const result = await runSignal(signal, context, filled, 1)
    if (result.status !== 'measured' || result.values === undefined) throw new Error(JSON.stringify(result))
    const { role, entity, pValue } = result.values
    const { founder } = await context.get(entityMap)
    const { names } = await context.get(economy)
    const found = new Map<string, { tested: number; marked: number }>()
    entity.forEach((one, row) => {
      const name = classOf[role].get(names[founder[one]!]!)
      if (name === undefined) return
      const rate = found.get(name) ?? { tested: 0, marked: 0 }
      found.set(name, rate)
      rate.tested += 1
      if (pValue[row]! <= 0.05) rate.marked += 1
    })
    for (const [name, { tested, marked }] of found) {
      const rate = rates.get(name) ?? { tested: 0, marked: 0, worlds: [] }
      rates.set(name, rate)
      rate.tested += tested
      rate.marked += marked
      rate.worlds.push(marked / tested)
    }
  }
  return rates
}

/** Markets are kept open for all signals of one process. */
async function openWorlds() {
  const worlds = []
  for (let seed = 1; seed <= WORLDS; seed += 1) {
    const { facts, truth } = marketOf(simulateScenario({ scenario: 'market', seed, records: RECORDS }))
    const ledger = await openLedger(':memory:', { threads: 1 })
    await ledger.append({ facts })
    const filled = new Set((await ledger.rows('filled-tables')).map((row) => row.table_name as TableName))
    const payer = new Map<string, string>()
    const payee = new Map<string, string>()
    for (const { usage_id, consumer, provider, kind } of facts.usage_events ?? []) {
      const usage = truth.payments.get(usage_id)
      if (usage === undefined || kind !== 'settled' || usage.control === null) continue
      if (consumer !== null) payer.set(consumer, usage.control)
      if (provider !== null) payee.set(provider, usage.control)
    }
    worlds.push({ context: featureCache(ledger, { from: null, to: null }), filled, classOf: { payer, payee } })
  }
  return worlds
}

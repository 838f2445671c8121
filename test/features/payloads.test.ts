import { expect, it } from 'vitest'
import { payloads } from '../../src/features/payloads.ts'
import { marketOf, simulateScenario } from '../../src/simulation/index.ts'
import { withLedger } from '../support/ledger-with.ts'

it('payloads are alike where their hashes are, and unknown where no record tells', () => {
  const { facts } = marketOf(simulateScenario({ scenario: 'A1', seed: 1, records: 10_000 }))
  const events = (facts.usage_events ?? []).map((event, i) => (i % 7 === 0 ? { ...event, payload_hash: null } : event))
  const settled = events.filter(({ kind }) => kind === 'settled')
  const hashes = settled.sort((a, b) => (a.usage_id < b.usage_id ? -1 : 1)).map(({ payload_hash }) => payload_hash)
  const known = [...new Set(hashes.filter((hash) => hash !== null))].sort()
  return withLedger({ ...facts, usage_events: events }, async ({ context, ledger }) => {
    const found = await context.get(payloads)
    const refunded = new Set(
      (await ledger.rows('usage-rows')).filter(({ status }) => status !== 'settled').map(({ usage_id }) => usage_id),
    )
    const counted = hashes.filter((_, i) => !refunded.has(settled[i]!.usage_id))
    expect(found).toHaveLength(counted.length)
    counted.forEach((hash, row) => {
      expect(found[row]).toBe(hash === null ? -1 : known.indexOf(hash))
    })
  })
})

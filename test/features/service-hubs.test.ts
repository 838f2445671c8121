import { describe, expect, it } from 'vitest'
import { type Economy, economy } from '../../src/features/economy.ts'
import { serviceHubs } from '../../src/features/service-hubs.ts'
import { marketOf, simulateScenario } from '../../src/simulation/index.ts'
import { randomStream } from '../../src/statistics/random.ts'
import { withLedger } from '../support/ledger-with.ts'
import { type Draft, draftEconomy, economyOf } from '../support/random-economy.ts'
import { derivedOf } from '../support/test-null-model.ts'

const DAYS = 60
const hubsOf = (all: Economy) => derivedOf(serviceHubs, { economy: all })

/** A market of 200 payers, and a wallet beside its funders that gives to the first 60 at times of their own. */
function withHub(gives: (draft: Draft, hub: number) => void) {
  const draft = draftEconomy(randomStream(1, 'hubs'), { payers: 200, payments: 2_000, days: DAYS })
  const hub = draft.wallets
  gives(draft, hub)
  return { hub, all: economyOf({ ...draft, wallets: hub + 2 }) }
}

function giveToSixty({ transfers }: Draft, hub: number): void {
  for (let to = 0; to < 60; to += 1)
    transfers.push({ from: hub, to, time: (to * DAYS) / 61, amount: 1e6, isNative: false })
}

describe('service hubs', () => {
  it('are found where wallets around a hub pay whom everybody pays', async () => {
    const { hub, all } = withHub(giveToSixty)
    expect((await hubsOf(all)).isService[hub]).toBe(1)
  })

  it('are no operators, whose wallets share their payee', async () => {
    const { hub, all } = withHub((draft, hub) => {
      giveToSixty(draft, hub)
      draft.payments = draft.payments.map((paid) => (paid.payer < 60 ? { ...paid, payee: 205 } : paid))
    })
    expect((await hubsOf(all)).isService[hub]).toBe(0)
  })

  it('are no parties, and none with few neighbours', async () => {
    const { all } = withHub(() => {})
    const { isService } = await hubsOf(all)
    expect([...isService.subarray(0, all.parties)].filter(Boolean)).toEqual([])
    const { from, to } = all.transfers
    for (const wallet of all.names.keys()) {
      const near = new Set([...to].filter((_, row) => from[row] === wallet))
      if (isService[wallet] === 1) expect(near.size).toBeGreaterThan(40)
    }
  })

  it('tell programmes, which give at one moment or take nothing, from services into which money goes', async () => {
    const takes = ({ transfers }: Draft, hub: number) =>
      transfers.push({ from: 150, to: hub, time: 9, amount: 1e6, isNative: false })
    const plain = withHub((draft, hub) => {
      giveToSixty(draft, hub)
      takes(draft, hub)
    })
    expect((await hubsOf(plain.all)).isDistributor[plain.hub]).toBe(0)
    const giver = withHub(giveToSixty)
    expect((await hubsOf(giver.all)).isDistributor[giver.hub]).toBe(1)
    const batches = withHub((draft, hub) => {
      giveToSixty(draft, hub)
      takes(draft, hub)
      draft.transfers = draft.transfers.map((one) => (one.from === hub ? { ...one, time: 7 * (one.to % 4) } : one))
    })
    expect((await hubsOf(batches.all)).isDistributor[batches.hub]).toBe(1)
  })

  it('have deposit addresses, which hand everything on to them', async () => {
    const { hub, all } = withHub((draft, hub) => {
      giveToSixty(draft, hub)
      draft.transfers.push({ from: 205, to: hub + 1, time: 20, amount: 5e6, isNative: false })
      draft.transfers.push({ from: hub + 1, to: hub, time: 20.1, amount: 5e6, isNative: false })
    })
    const { isDeposit } = await hubsOf(all)
    expect([...isDeposit.keys()].filter((wallet) => isDeposit[wallet] === 1)).toEqual([hub + 1])
  })

  it('hold the exchange that nobody labelled, and no wallet of an operator', () => {
    const recording = simulateScenario({ scenario: 'A3', seed: 1, records: 30_000 })
    const ownerOf = new Map(recording.addresses.map((address, i) => [address, recording.owners[i]!]))
    return withLedger(marketOf(recording).facts, async ({ context }) => {
      const { names, isService: isLabelled } = await context.get(economy)
      const { isService } = await context.get(serviceHubs)
      const found = names.filter((_, wallet) => isService[wallet] === 1 && isLabelled[wallet] === 0)
      expect(found.map((name) => ownerOf.get(name))).toContain('exchange 2')
      expect(found.filter((name) => ownerOf.get(name)!.includes('operator'))).toEqual([])
    })
  })
})

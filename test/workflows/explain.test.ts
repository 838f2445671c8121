import { describe, expect, it } from 'vitest'
import { explain } from '../../src/workflows/explain.ts'
import { clusterWorld } from '../support/cluster-world.ts'
import { withLedger } from '../support/ledger-with.ts'

const facts = clusterWorld(1)
const explained = (wallet: string, other?: string) => withLedger(facts, ({ ledger }) => explain(ledger, wallet, other))

describe('explain', () => {
  it('leads from one wallet to the other by links with their transfers', async () => {
    const { cluster, links, funder } = await explained('farm 2 1', 'farm 2 7')
    expect([cluster, funder]).toEqual([{ id: 'farm 2 0', members: 10 }, 'operator 2'])
    const ends = links.flatMap(({ first, second }) => [first, second])
    const odd = [...new Set(ends)].filter((name) => ends.filter((end) => end === name).length % 2 === 1)
    expect(odd.sort()).toEqual(['farm 2 1', 'farm 2 7'])
    const sent = new Set(facts.transfers.map(({ tx_hash, from, to }) => `${tx_hash} ${from} ${to}`))
    for (const { first, second, kind, transfers } of links) {
      if (kind === 'funder') expect(transfers.length).toBeGreaterThan(1)
      for (const { transaction, from, to } of transfers) {
        expect(sent).toContain(`${transaction} ${from} ${to}`)
        expect([first, second].some((wallet) => [from, to].includes(wallet))).toBe(true)
      }
    }
  })

  it('says that there is no path between wallets of two clusters, or of none', async () => {
    expect((await explained('farm 2 1', 'farm 3 1')).links).toEqual([])
    const { cluster, links } = await explained('honest 4', 'honest 6')
    expect([cluster, links]).toEqual([null, []])
  })

  it('tells of one wallet what links it', async () => {
    const { links, other } = await explained('farm 2 1')
    expect(other).toBeNull()
    expect(links.length).toBeGreaterThan(0)
    for (const { first, second } of links) expect([first, second]).toContain('farm 2 1')
  })

  it('tells of one wallet what speaks for and against its entity, and of two nothing of that', async () => {
    const { entity } = await explained('farm 2 1')
    expect(entity!.card).toMatchObject({ wallet: 'farm 2 0', wallets: 10 })
    expect(entity!.card.against.map(({ id }) => id)).toEqual(['unrelated-payees', 'external-funding', 'after-rewards'])
    expect(entity!.card.against[2]).toMatchObject({ speaks: null })
    for (const { pValue, flagged, qValue } of entity!.card.values) {
      expect(qValue).toBeGreaterThanOrEqual(pValue)
      if (flagged) expect(qValue).toBeLessThanOrEqual(0.05)
    }
    expect((await explained('farm 2 1', 'farm 2 7')).entity).toBeNull()
  })

  it('does not say that there is no link where it could not look', async () => {
    const { transfers: _, ...without } = facts
    const found = withLedger(without, ({ ledger }) => explain(ledger, 'honest 4', 'honest 6'))
    await expect(found).rejects.toThrow('could not be linked')
  })

  it('knows parties of usage alone', async () => {
    await expect(explained('operator 2')).rejects.toThrow('operator 2 pays for no counted usage and is paid for none.')
  })
})

import { describe, expect, it } from 'vitest'
import { linkWallets } from '../../src/clusters/link-wallets.ts'
import { randomStream } from '../../src/statistics/random.ts'
import { rankCases, rankingQuality } from '../../src/statistics/ranking-curve.ts'
import { withDust } from '../../src/workflows/hop/worlds.ts'
import { plantWallets, reorder } from '../support/planted-wallets.ts'

const planted = plantWallets({ seed: 1, honest: 3000, farms: 30, farmSize: 12, twins: 10 })
const linked = linkWallets(planted.activity)
const inFarm = Uint8Array.from(planted.farm, (farm) => (farm === -1 ? 0 : 1))
const members = (farm: number) => Array.from(planted.farm, (_, i) => i).filter((i) => planted.farm[i] === farm)

describe('linkWallets', () => {
  it('ranks wallets of farms above honest ones, whether they share addresses or behaviour alone', () => {
    const quality = rankingQuality(rankCases(linked.score, inFarm), 0.01)
    expect(quality.averagePrecision).toBeGreaterThan(0.95)
    expect(quality.recall).toBeGreaterThan(0.9)
    expect(linked.coordination).toBeGreaterThan(0.5)
  })

  it('puts a farm around its own addresses in one cluster, and nobody with it', () => {
    const { membership } = linked.entities
    for (let farm = 0; farm < 30; farm++) {
      const cluster = membership[members(farm)[0]!]!
      const inside = Array.from(membership, (_, i) => i).filter((i) => membership[i] === cluster)
      expect(inside.filter((i) => planted.farm[i] === farm).length).toBeGreaterThanOrEqual(11)
      expect(inside.filter((i) => planted.farm[i] !== farm).length).toBeLessThanOrEqual(1)
    }
  })

  it('joins nobody who only shares a service', () => {
    const honest = Array.from(planted.farm, (_, i) => i).filter((i) => planted.farm[i] === -1)
    const sizes = new Map<number, number>()
    for (const i of honest)
      sizes.set(linked.entities.membership[i]!, (sizes.get(linked.entities.membership[i]!) ?? 0) + 1)
    expect(Math.max(...sizes.values())).toBeLessThan(8)
  })

  it('knows a service of modest size by how differently its customers behave', () => {
    // An exchange address of 60 customers, small enough to link, beside the 12 wallets of a farm.
    const { activity } = planted
    const service = activity.nodes
    const customers = Int32Array.from({ length: 60 }, (_, k) => 7 * k)
    const extend = (column: Int32Array, values: Int32Array) => Int32Array.from([...column, ...values])
    const withService = {
      ...activity,
      nodes: service + 1,
      from: extend(activity.from, customers),
      to: extend(
        activity.to,
        customers.map(() => service),
      ),
      type: Uint8Array.from([...activity.type, ...customers.map(() => 1)]),
      count: extend(
        activity.count,
        customers.map(() => 1),
      ),
    }
    const { entities } = linkWallets(withService)
    expect(new Set(customers.map((i) => entities.membership[i]!)).size).toBe(60)
  })

  it('links nobody through nodes that are named as services', () => {
    const services = new Uint8Array(planted.activity.nodes).fill(1)
    expect(linkWallets(planted.activity, services).graphLinks.first).toHaveLength(0)
  })

  it('gives the same of the same, and the same scores whatever the order of wallets and edges', () => {
    expect(linkWallets(planted.activity)).toEqual(linked)
    const { activity, place } = reorder(planted.activity, randomStream(1, 'reorder'))
    const again = linkWallets(activity)
    for (let i = 0; i < linked.score.length; i++) expect(again.score[place[i]!]).toBeCloseTo(linked.score[i]!, 9)
    expect(again.entities.count).toBe(linked.entities.count)
  })

  it('finds farms that send dust to strangers, and keeps strangers out of them', () => {
    const senders = Int32Array.from(members(0).concat(...Array.from({ length: 29 }, (_, k) => members(k + 1))))
    const { score, entities } = linkWallets(withDust(planted.activity, senders, 2, randomStream(1, 'dust')))
    expect(rankingQuality(rankCases(score, inFarm), 0.01).averagePrecision).toBeGreaterThan(0.9)
    const sizes = new Int32Array(entities.count)
    for (const cluster of entities.membership) sizes[cluster]!++
    expect(Math.max(...sizes)).toBeLessThan(40)
  })

  it('abstains where behaviour does not confirm the graph', () => {
    const random = randomStream(3, 'unrelated')
    const { activity } = planted
    const strangers = {
      ...activity,
      firstUse: activity.firstUse.map(() => random.next() * 3e10),
      size: activity.size.map(() => Math.exp(2 * random.normal())),
    }
    const { coordination, cohort } = linkWallets(strangers)
    expect(coordination).toBeLessThan(0.1)
    expect(cohort.filter((p) => p > 0.5)).toHaveLength(0)
  })
})

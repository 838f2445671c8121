import { describe, expect, it } from 'vitest'
import { cappedComponents, degreeCapScore } from '../../src/clusters/capped-components.ts'
import { buildIncidences } from '../../src/clusters/incidences.ts'
import { profileScore, walletProfile } from '../../src/clusters/wallet-profile.ts'
import { randomStream } from '../../src/statistics/random.ts'
import { rankCases, rankingQuality } from '../../src/statistics/ranking-curve.ts'
import { plantWallets } from '../support/planted-wallets.ts'

/** Wallets 0 to 3; 4 pays 0, 1 and 2; 5 is paid by 0; 3 deals with nobody. */
const activity = {
  nodes: 6,
  wallets: 4,
  firstUse: new Float64Array(4),
  size: new Float64Array(4).fill(1),
  from: Int32Array.of(4, 4, 4, 0, 0),
  to: Int32Array.of(0, 1, 2, 5, 4),
  type: new Uint8Array(5),
  count: Int32Array.of(1, 2, 1, 7, 1),
}

describe('cappedComponents', () => {
  it('leaves out nodes of more counterparties than the cap', () => {
    const { degree } = buildIncidences(activity)
    const all = cappedComponents(activity, degree, 3)
    expect(Array.from(all.addresses)).toEqual([5, 5, 5, 1])
    expect(Array.from(all.wallets)).toEqual([3, 3, 3, 1])
    const capped = cappedComponents(activity, degree, 2)
    expect(Array.from(capped.addresses)).toEqual([2, 1, 1, 1])
    expect(Array.from(degreeCapScore(capped))).toEqual([0.5, 1, 1, 1])
    expect(Array.from(cappedComponents(activity, degree, 1).wallets)).toEqual([0, 1, 1, 1])
  })
})

describe('walletProfile', () => {
  it('describes a wallet by its counterparties and its part of the graph', () => {
    const incidences = buildIncidences(activity)
    const columns = walletProfile(incidences, cappedComponents(activity, incidences.degree, 2))
    const profile = (wallet: number) => columns.map((column) => column[wallet])
    // Counterparties 4 (three, all wallets) and 5 (one, a wallet), sends to both, receives from 4.
    expect(profile(0)).toEqual([2, 2, 1, 1, 9, 0, 1, 1, 1, 3, 3, 1, 3, 3, 2, 1, 0.5])
    expect(profile(3)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1])
  })

  it('tells wallets of farms that have no twins by those that have', () => {
    const planted = plantWallets({ seed: 11, honest: 2000, farms: 40, farmSize: 12 })
    const random = randomStream(11, 'profile')
    const incidences = buildIncidences(planted.activity)
    const columns = walletProfile(incidences, cappedComponents(planted.activity, incidences.degree, 10))
    const hasTwins = planted.farm.map((farm) => ((farm === -1 ? random.next() < 0.02 : random.next() < 0.5) ? 1 : 0))
    const scores = profileScore(
      columns,
      Float64Array.from(hasTwins, (twins) => 10 * twins),
    )
    const rest = Array.from(planted.farm, (_, i) => i).filter((i) => hasTwins[i] === 0)
    const ranking = rankCases(
      Float64Array.from(rest, (i) => scores[i]!),
      Uint8Array.from(rest, (i) => (planted.farm[i] === -1 ? 0 : 1)),
    )
    expect(rankingQuality(ranking, 0.01).averagePrecision).toBeGreaterThan(0.9)
  })
})

import { describe, expect, it } from 'vitest'
import { behaviourNull, behaviourOf } from '../../src/clusters/behaviour.ts'
import { behaviourRatio } from '../../src/clusters/behaviour-ratio.ts'
import { hubConcentration } from '../../src/clusters/hub-concentration.ts'
import { buildIncidences } from '../../src/clusters/incidences.ts'
import { columnsOf, FEATURE_WIDTH, featurePairs } from '../../src/clusters/pair-features.ts'
import { linkPosteriors } from '../../src/clusters/pair-prior.ts'
import { plantWallets } from '../support/planted-wallets.ts'

const { activity, farm } = plantWallets({ seed: 7, honest: 1500, farms: 25, farmSize: 12 })
const behaviour = behaviourOf(activity)
const incidences = buildIncidences(activity)
const { ratio, coordination } = behaviourRatio(incidences, behaviour, behaviourNull(behaviour))
const hubs = hubConcentration(incidences, behaviour, ratio)
const pairs = featurePairs(incidences, behaviour, hubs)

describe('featurePairs', () => {
  it('packs features into cells that give back rising columns, the intercept first', () => {
    for (const cell of new Set(pairs.cell)) {
      const columns = columnsOf(cell)
      expect(columns[0]).toBe(0)
      for (let k = 1; k < columns.length; k++) expect(columns[k]!).toBeGreaterThan(columns[k - 1]!)
      expect(columns.at(-1)!).toBeLessThan(FEATURE_WIDTH)
    }
  })

  it('takes the concentration around a counterparty from pairs that hold neither wallet', () => {
    const { counterparty, aroundOffsets, around, wallet } = incidences
    const posterior = (share: number, i: number, j: number) => {
      const L = ratio[pairBin(i, j)]!
      return (share * L) / (share * L + 1 - share)
    }
    const sumOver = (wallets: readonly number[], share: number) =>
      wallets.reduce((sum, i, a) => wallets.slice(a + 1).reduce((part, j) => part + posterior(share, i, j), sum), 0)
    const pairBin = (i: number, j: number) => {
      const [low, high] = [Math.min(i, j), Math.max(i, j)]
      const pair = Array.from(pairs.first, (_, p) => p).find((p) => pairs.first[p] === low && pairs.second[p] === high)
      return pairs.bin[pair!]!
    }
    const z = counterparty.find((node) => node >= activity.wallets && incidences.links[node] === 1)!
    const places = Array.from(around.slice(aroundOffsets[z], aroundOffsets[z + 1]))
    const [first, second] = [places[0]!, places[1]!]
    const rest = places.slice(2).map((place) => wallet[place]!)
    const k = places.length
    // From eight wallets on a counterparty has a share of its own, by EM from that of its class.
    const ofClass = hubs.shares[Math.min(Math.floor(Math.log2(k)), 8)]!
    let share = ofClass
    const all = places.map((place) => wallet[place]!)
    for (let round = 0; round < 30 && k >= 8; round++)
      share = (2 * ofClass + (k * sumOver(all, share)) / ((k * (k - 1)) / 2)) / (2 + k)
    const mean = k < 4 ? 0 : sumOver(rest, share) / (((k - 2) * (k - 3)) / 2)
    const expected = (4 * share + (k - 2) * mean) / (4 + k - 2)
    const bin = pairBin(wallet[first]!, wallet[second]!)
    expect(hubs.concentration(first, second, bin)).toBeCloseTo(expected, 9)
  })
})

describe('linkPosteriors', () => {
  it('are high inside farms and low outside, learned without a label', () => {
    const posteriors = linkPosteriors(pairs, ratio)
    const inside = posteriors.filter(
      (_, p) => farm[pairs.first[p]!] !== -1 && farm[pairs.first[p]!] === farm[pairs.second[p]!],
    )
    const outside = posteriors.filter((_, p) => farm[pairs.first[p]!] === -1 && farm[pairs.second[p]!] === -1)
    expect(coordination).toBeGreaterThan(0.5)
    expect(inside.filter((p) => p >= 0.5).length / inside.length).toBeGreaterThan(0.95)
    expect(outside.length).toBeGreaterThan(0)
    expect(outside.filter((p) => p >= 0.5).length / outside.length).toBeLessThan(0.05)
  })
})

import { describe, expect, it } from 'vitest'
import { behaviourOf } from '../../src/clusters/behaviour.ts'
import { buildIncidences } from '../../src/clusters/incidences.ts'
import { scanTwins } from '../../src/clusters/twin-scan.ts'
import { twinStrata } from '../../src/clusters/twin-strata.ts'
import { logPoissonTail } from '../../src/statistics/poisson-tail.ts'
import { randomStream } from '../../src/statistics/random.ts'
import { plantWallets } from '../support/planted-wallets.ts'

const SCALES = [
  [120, 0.05],
  [600, 0.02],
  [1800, 0.006],
  [1800, 0.05],
  [5400, 0.002],
  [5400, 0.02],
  [5400, 0.06],
] as const

const scan = (activity: ReturnType<typeof plantWallets>['activity']) => {
  const behaviour = behaviourOf(activity)
  const strata = twinStrata(buildIncidences(activity), behaviour)
  return { behaviour, strata, twins: scanTwins(behaviour, strata) }
}

describe('scanTwins', () => {
  it('gives each wallet the surprise that counting all others in each stratum gives', () => {
    const { activity } = plantWallets({ seed: 4, honest: 200, farms: 2, farmSize: 10, twins: 2 })
    const { behaviour, strata, twins } = scan(activity)
    const { time, logSize } = behaviour
    const near = (of: readonly number[], i: number, size: number) =>
      of.filter((j) => j !== i && Math.abs(logSize[j]! - logSize[i]!) <= size).length / (of.length - 1)
    const everyone = Array.from(time, (_, i) => i)
    const expected = new Float64Array(time.length)
    for (let stratum = 0; stratum + 1 < strata.offsets.length; stratum++) {
      const inside = Array.from(strata.members.slice(strata.offsets[stratum], strata.offsets[stratum + 1]))
      for (const [seconds, size] of SCALES)
        for (const i of inside) {
          const others = inside.filter((j) => j !== i && Math.abs(time[j]! - time[i]!) <= seconds * 1000)
          const agreeing = others.filter((j) => Math.abs(logSize[j]! - logSize[i]!) <= size).length
          const mean = others.length * Math.max(near(everyone, i, size), near(inside, i, size))
          if (agreeing > mean)
            expected[i] = Math.max(expected[i]!, -logPoissonTail(agreeing, mean) - strata.penalty[i]!)
        }
    }
    for (let i = 0; i < expected.length; i++) expect(twins.surprise[i]).toBeCloseTo(expected[i]!, 9)
    expect(Math.max(...expected)).toBeGreaterThan(6)
  })

  it('surprises nobody more than chance does where sizes are drawn anew, a burst among them', () => {
    const random = randomStream(5, 'null')
    const n = 4000
    let above = 0
    const worlds = 5
    for (let world = 0; world < worlds; world++) {
      const nothing = new Int32Array(0)
      const { twins } = scan({
        nodes: n,
        wallets: n,
        // A fifth of all wallets begin within one hour, as after an announcement.
        firstUse: Float64Array.from({ length: n }, (_, i) => random.next() * (i < n / 5 ? 3.6e6 : 3e10)),
        size: Float64Array.from({ length: n }, () => Math.exp(2 * random.normal())),
        from: nothing,
        to: nothing,
        type: new Uint8Array(0),
        count: nothing,
      })
      above += twins.surprise.filter((value) => value > 6.2).length
    }
    expect(above / (worlds * n)).toBeLessThan(0.005)
  })

  it('links the wallets of a farm that began together with one size', () => {
    const { activity, farm } = plantWallets({ seed: 6, honest: 1000, farms: 0, farmSize: 15, twins: 5 })
    const { twins } = scan(activity)
    const { first, second, probability } = twins.links
    const inside = first.filter((i, link) => farm[i] !== -1 && farm[i] === farm[second[link]!]!).length
    expect(inside / first.length).toBeGreaterThan(0.9)
    expect(inside).toBeGreaterThan(100)
    for (const p of probability) expect(p).toBeLessThanOrEqual(1)
  })
})

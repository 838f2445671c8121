import { describe, expect, it } from 'vitest'
import { randomStream } from '../../../src/statistics/random.ts'
import { nullWorld, withDust, withJitter, withoutEdges } from '../../../src/workflows/hop/worlds.ts'
import { plantWallets } from '../../support/planted-wallets.ts'

const { activity } = plantWallets({ seed: 8, honest: 2000, farms: 10, farmSize: 12 })
const random = () => randomStream(1, 'worlds')
const degrees = (nodes: Int32Array, type: Uint8Array) => {
  const counts = new Map<string, number>()
  nodes.forEach((node, edge) => {
    counts.set(`${node} ${type[edge]}`, (counts.get(`${node} ${type[edge]}`) ?? 0) + 1)
  })
  return counts
}

describe('nullWorld', () => {
  const world = nullWorld(activity, random())

  it('keeps how often each node sends and receives by each type, and moves nearly every edge', () => {
    expect(degrees(world.from, world.type)).toEqual(degrees(activity.from, activity.type))
    expect(degrees(world.to, world.type)).toEqual(degrees(activity.to, activity.type))
    const moved = world.to.filter((node, edge) => node !== activity.to[edge]).length
    expect(moved / world.to.length).toBeGreaterThan(0.7)
  })

  it('has no loop and no edge twice', () => {
    const keys = Array.from(world.from, (from, edge) => `${from} ${world.to[edge]} ${world.type[edge]}`)
    const twice = keys.length - new Set(keys).size
    const before = Array.from(activity.from, (from, edge) => `${from} ${activity.to[edge]} ${activity.type[edge]}`)
    expect(twice).toBeLessThanOrEqual(before.length - new Set(before).size)
    expect(world.from.filter((from, edge) => from === world.to[edge])).toHaveLength(0)
  })

  it('exchanges sizes among wallets that began together, and changes no time', () => {
    expect(world.firstUse).toEqual(activity.firstUse)
    expect(world.size.slice().sort()).toEqual(activity.size.slice().sort())
    expect(world.size.filter((size, i) => size === activity.size[i]).length).toBeLessThan(50)
  })
})

describe('stresses', () => {
  it('send dust from each sender to others that are none', () => {
    const senders = Int32Array.of(3, 5, 7)
    const dusty = withDust(activity, senders, 4, random())
    const [from, to] = [dusty.from.slice(activity.from.length), dusty.to.slice(activity.to.length)]
    expect(Array.from(from)).toEqual([3, 3, 3, 3, 5, 5, 5, 5, 7, 7, 7, 7])
    for (const node of to) expect(node < activity.wallets && !senders.includes(node)).toBe(true)
    expect([dusty.type.length, dusty.count.length]).toEqual([dusty.from.length, dusty.from.length])
  })

  it('move only the times of those named, and leave out the share asked for', () => {
    const moved = withJitter(activity, Int32Array.of(2), 1000, random())
    expect(Math.abs(moved.firstUse[2]! - activity.firstUse[2]!)).toBeLessThanOrEqual(1000)
    expect(moved.firstUse.filter((time, i) => time !== activity.firstUse[i])).toHaveLength(1)
    expect(withoutEdges(activity, 0.5, random()).from.length / activity.from.length).toBeCloseTo(0.5, 1)
  })
})

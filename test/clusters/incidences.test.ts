import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildIncidences } from '../../src/clusters/incidences.ts'
import { visitPairs } from '../../src/clusters/shared-pairs.ts'
import { ClusterInputError } from '../../src/clusters/wallet-activity.ts'

const [NODES, WALLETS] = [8, 5]
const node = fc.nat({ max: NODES - 1 })
const arbitraryEdges = fc.array(fc.tuple(node, node, fc.nat({ max: 2 }), fc.integer({ min: 1, max: 9 })), {
  maxLength: 30,
})
type Edge = readonly [from: number, to: number, type: number, count: number]
const activity = (edges: readonly Edge[]) => ({
  nodes: NODES,
  wallets: WALLETS,
  firstUse: new Float64Array(WALLETS),
  size: new Float64Array(WALLETS).fill(1),
  from: Int32Array.from(edges, ([from]) => from),
  to: Int32Array.from(edges, ([, to]) => to),
  type: Uint8Array.from(edges, ([, , type]) => type),
  count: Int32Array.from(edges, ([, , , count]) => count),
})

const between = (edges: readonly Edge[], a: number, b: number) =>
  edges.filter(([from, to]) => a !== b && ((from === a && to === b) || (from === b && to === a)))

describe('buildIncidences', () => {
  it('folds edges as a search of every pair does', () => {
    fc.assert(
      fc.property(arbitraryEdges, (edges) => {
        const found = buildIncidences(activity(edges))
        const rows = Array.from(found.wallet, (wallet, place) =>
          [
            wallet,
            found.counterparty[place],
            found.direction[place],
            found.transfers[place],
            found.types[place],
          ].join(),
        )
        const expected: string[] = []
        for (let i = 0; i < WALLETS; i++)
          for (let z = 0; z < NODES; z++) {
            const own = between(edges, i, z)
            if (own.length === 0) continue
            const direction = (own.some(([from]) => from === i) ? 1 : 0) + (own.some(([, to]) => to === i) ? 2 : 0)
            const transfers = own.reduce((sum, edge) => sum + edge[3], 0)
            expected.push([i, z, direction, transfers, new Set(own.map((edge) => edge[2])).size].join())
          }
        expect(rows.sort()).toEqual(expected.sort())
        for (let z = 0; z < NODES; z++) {
          const neighbours = Array.from({ length: NODES }, (_, a) => a).filter((a) => between(edges, a, z).length > 0)
          expect(found.degree[z]).toBe(neighbours.length)
          const around = found.around.slice(found.aroundOffsets[z], found.aroundOffsets[z + 1])
          expect(Array.from(around, (place) => found.wallet[place]!)).toEqual(neighbours.filter((a) => a < WALLETS))
        }
      }),
    )
  })

  it('gives one number to wallets that used the same types in the same direction', () => {
    const { signature } = buildIncidences(
      activity([
        [0, 5, 1, 1],
        [1, 6, 1, 4],
        [6, 2, 1, 1],
        [3, 3, 1, 1],
      ]),
    )
    expect(signature[0]).toBe(signature[1])
    expect(signature[2]).not.toBe(signature[0])
    expect(signature[3]).toBe(0)
  })

  it('refuses what is no wallet and no edge', () => {
    expect(() => buildIncidences({ ...activity([]), size: new Float64Array(WALLETS) })).toThrow(ClusterInputError)
    expect(() => buildIncidences(activity([[0, NODES, 0, 1]]))).toThrow(ClusterInputError)
  })
})

describe('visitPairs', () => {
  it('meets each pair of wallets once, with all they share', () => {
    fc.assert(
      fc.property(arbitraryEdges, fc.option(node, { nil: undefined }), (edges, service) => {
        const services = Uint8Array.from({ length: NODES }, (_, z) => (z === service ? 1 : 0))
        const incidences = buildIncidences(activity(edges), services)
        const found: string[] = []
        visitPairs(incidences, ({ wallet, count, others, direct, rows }) => {
          for (let pair = 0; pair < count; pair++) {
            const shared: number[] = []
            for (let row = 0; row < rows.count; row++)
              if (rows.pair[row] === pair) shared.push(incidences.counterparty[rows.first[row]!]!)
            found.push(`${wallet} ${others[pair]} ${direct[pair] !== -1} ${shared.sort()}`)
          }
        })
        const expected: string[] = []
        for (let i = 0; i < WALLETS; i++)
          for (let j = i + 1; j < WALLETS; j++) {
            const isDirect = between(edges, i, j).length > 0 && service !== i && service !== j
            const shared = Array.from({ length: NODES }, (_, z) => z).filter(
              (z) => z !== service && between(edges, i, z).length > 0 && between(edges, j, z).length > 0,
            )
            if (isDirect || shared.length > 0) expected.push(`${i} ${j} ${isDirect} ${shared}`)
          }
        expect(found.sort()).toEqual(expected.sort())
      }),
    )
  })
})

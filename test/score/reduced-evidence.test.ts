import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pairsOf } from '../../src/clusters/entity-pairs.ts'
import { entityEvidence, type Testimony } from '../../src/score/entity-evidence.ts'
import { namingGate, speakingFamilies } from '../../src/score/gate.ts'
import { gateWithout, reducedTo, reducible, speakingSignals } from '../../src/score/reduced-evidence.ts'
import { type Random, randomStream } from '../../src/statistics/random.ts'

const ENTITIES = 12
const FAMILIES = ['F1', 'F1', 'F2', 'F2', 'F3', 'F4', 'F5'] as const

function drawn(random: Random) {
  const wallet = () => random.below(ENTITIES)
  const paid = Array.from({ length: 60 }, () => [wallet(), wallet(), random.exponential()] as const)
  const of = Int32Array.from({ length: ENTITIES }, (_, entity) => entity)
  const pairs = pairsOf(
    {
      payer: Int32Array.from(paid, ([payer]) => payer),
      payee: Int32Array.from(paid, ([, payee]) => payee),
      value: Float64Array.from(paid, ([, , value]) => value),
    },
    { count: ENTITIES, of, founder: of },
  )
  const testimonies = FAMILIES.map((family, i): Testimony => {
    const entity = of.filter(() => random.next() < 0.8)
    const column = () => Float64Array.from(entity, () => random.next() ** 8)
    const values = { entity, statistic: column(), pValue: column(), evidence: () => ({ payments: [], transfers: [] }) }
    const basis = i === 2 ? 'value' : undefined
    const signal = { id: `signal-${i}`, family, ...(basis === undefined ? {} : { basis }) } as Testimony['signal']
    return { signal, values: i === 6 && random.next() < 0.5 ? null : { ...values, role: i % 2 ? 'payee' : 'payer' } }
  })
  return { pairs, testimonies }
}

describe('the evidence on one entity', () => {
  it('is the same from its payees alone as from the whole market, with any signals left out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 0, max: 127 }), (seed, set) => {
        const { pairs, testimonies } = drawn(randomStream(seed, 'evidence'))
        const gone = new Set(testimonies.filter((_, i) => (set >> i) % 2 === 1).map(({ signal }) => signal.id))
        const left = testimonies.map(({ signal, values }) => ({ signal, values: gone.has(signal.id) ? null : values }))
        const evidence = entityEvidence(left, pairs)
        const market = reducible(testimonies, pairs)
        const gate = namingGate(evidence, market.dependence)
        for (let entity = 0; entity < ENTITIES; entity += 1) {
          const reduced = gateWithout(reducedTo(entity, market), gone)
          expect(reduced.posterior[0]).toBeCloseTo(gate.posterior[entity]!, 12)
          expect(reduced.passes[0]).toBe(gate.passes[entity])
          expect(reduced.families).toEqual(speakingFamilies(evidence, entity))
        }
      }),
      { numRuns: 40 },
    )
  })

  it('is raised by the signals that speak, and by no other', () => {
    const { pairs, testimonies } = drawn(randomStream(3, 'evidence'))
    const reduced = reducedTo(0, reducible(testimonies, pairs))
    const speaking = new Set(speakingSignals(reduced).map(({ id }) => id))
    expect(speaking.size).toBeGreaterThan(0)
    for (const { signal, values } of testimonies)
      expect(speaking.has(signal.id)).toBe(values !== null && entityEvidence([{ signal, values }], pairs).nats[0]! > 0)
  })
})

import { describe, expect, it } from 'vitest'
import { coincidenceLinks } from '../../src/clusters/coincidence.ts'
import { type PartyTraits, traits } from '../../src/clusters/party-traits.ts'

const DAY = 86_400_000

type Said = Partial<PartyTraits['shared']> & Partial<Pick<PartyTraits, 'fed' | 'looped' | 'batch' | 'firstUse'>>

/** Parties of one batch that begin two days apart and have nothing else in common, but for what is said. */
function parties(size: number, said: Said = {}): PartyTraits {
  const nothing = new Int32Array(size).fill(-1)
  const { fed = nothing, looped = nothing, batch = new Int32Array(size), firstUse, ...others } = said
  const shared = Object.fromEntries(traits.map((trait) => [trait, others[trait] ?? nothing])) as PartyTraits['shared']
  return {
    ...{ shared, fed, looped, batch },
    exits: { reaching: new Map([[900, 1]]), payees: 40 },
    firstUse: firstUse ?? Float64Array.from({ length: size }, (_, i) => i * 2 * DAY),
  }
}

/** Each party by itself. */
const apart = (size: number) => Int32Array.from({ length: size }, (_, party) => 10_000 + party)

const column = (
  size: number,
  values: { readonly [party: number]: number },
  other: (party: number) => number = () => -1,
) => Int32Array.from({ length: size }, (_, party) => values[party] ?? other(party))

describe('coincidence of traits', () => {
  it('weighs a shared funder by how few share it', () => {
    const size = 1_000
    const own = (party: number) => 5_000 + party
    const rare = parties(size, { funder: column(size, { 0: 9_000, 1: 9_000 }, own) })
    const [link] = coincidenceLinks(rare, 0, -10)
    const apart = Math.log(0.5 / (1 - 1 / size))
    expect(link).toMatchObject({ first: 0, second: 1, trait: 'funder' })
    expect(link!.nats).toBeCloseTo(Math.log((0.6 * size) / 2) + apart, 12)
    const common = parties(size, { funder: column(size, {}, (party) => (party < 150 ? 9_000 : own(party))) })
    const most = Math.max(...coincidenceLinks(common, 0, -10).map(({ nats }) => nats))
    expect(most).toBeCloseTo(Math.log((0.6 * size) / 150) + apart, 12)
  })

  it('adds traits that agree and takes those that differ, and lets what is not known be', () => {
    const size = 100
    const own = (party: number) => 500 + party
    const same = { 0: 900, 1: 900, 2: 901, 3: 901 }
    const funder = column(size, same, own)
    const sweep = column(size, { 0: 950, 1: 950, 2: 951, 3: 952 }, () => -1)
    const nats = (first: number) =>
      coincidenceLinks(parties(size, { funder, sweep }), 0, -10).find((link) => link.first === first)!.nats
    const alone = Math.log((0.6 * size) / 2) + Math.log(0.5 / (1 - 1 / size))
    expect(nats(0)).toBeCloseTo(alone + Math.log((0.6 * 4) / 2), 12)
    expect(nats(2)).toBeCloseTo(alone + Math.log(0.4 / (1 - 1 / 4)), 12)
  })

  it('counts beginning together for little where many begin at once', () => {
    const size = 400
    const funder = column(size, { 0: 900, 1: 900 }, (party) => 1_000 + party)
    const nats = (firstUse: Float64Array) => coincidenceLinks(parties(size, { funder, firstUse }), 0, -10)[0]!.nats
    const quiet = Float64Array.from({ length: size }, (_, i) => (i < 2 ? i : i * 2 * DAY))
    const event = Float64Array.from({ length: size }, (_, i) => (i < 200 ? i : i * 2 * DAY))
    expect(nats(quiet) - nats(event)).toBeCloseTo(Math.log(200 / 2), 1)
  })

  it('says nothing more of a root where the funder is the same', () => {
    const size = 50
    const own = (party: number) => 500 + party
    const funder = column(size, { 0: 900, 1: 900 }, own)
    const root = column(size, { 0: 999, 1: 999, 2: 999 }, own)
    const links = coincidenceLinks(parties(size, { funder, root }), 0, -10)
    const find = (first: number, second: number) =>
      links.find((link) => link.first === first && link.second === second)!
    expect(find(0, 1).nats).toBeCloseTo(Math.log((0.6 * size) / 2) + Math.log(0.5 / (1 - 1 / size)), 12)
    expect(find(0, 2).trait).toBe('root')
  })

  it('links a party with one that funded it', () => {
    const size = 50
    const funder = column(size, { 7: 3 }, (party) => 500 + party)
    const [link] = coincidenceLinks(parties(size, { funder }), 0, 0)
    expect(link).toMatchObject({ first: 3, second: 7, trait: 'funded' })
  })

  it('makes no pairs of what hundreds share', () => {
    const size = 500
    expect(coincidenceLinks(parties(size, { funder: new Int32Array(size).fill(900) }), 0, -10)).toEqual([])
  })

  it('lets a source alone not carry a link, however rare', () => {
    const size = 1_000
    const same = column(size, { 0: 900, 1: 900 }, (party) => 5_000 + party)
    const sources = { funder: same, 'token-funder': same, batch: apart(size) }
    const best = (said: Said) => coincidenceLinks(parties(size, { ...sources, ...said }), 0, -10)[0]!.nats
    expect(best({})).toBeCloseTo(Math.log(4), 12)
    expect(best({ sweep: column(size, { 0: 950, 1: 950 }, (party) => 20_000 + party) })).toBeGreaterThan(10)
    expect(best({ fed: column(size, { 0: 30, 1: 30 }) })).toBeGreaterThan(10)
    expect(best({ loop: column(size, { 0: 900, 1: 900 }) })).toBeGreaterThan(10)
  })

  it('takes a source of eight for a service unless they agree in something else', () => {
    const size = 200
    const funder = column(size, Object.fromEntries(Array.from({ length: 12 }, (_, i) => [i, 900])))
    const sweep = column(size, { 0: 950, 1: 950 })
    const nats = (said: Said) =>
      coincidenceLinks(parties(size, { funder, sweep, batch: apart(size), ...said }), 0, -20)[0]!.nats
    const strangers = nats({})
    const fed = column(size, Object.fromEntries(Array.from({ length: 7 }, (_, i) => [i, 30])))
    // The funder is then as rare as all that are known, and the payee shared by 7 of 200.
    expect(nats({ fed }) - strangers).toBeCloseTo(Math.log(0.6) + Math.log((0.6 * size) / 7), 12)
    // What goes back to the source itself says nothing of it.
    const back = column(size, Object.fromEntries(Array.from({ length: 12 }, (_, i) => [i, 900])))
    expect(nats({ sweep, 'token-sweep': back }) - strangers).toBeCloseTo(Math.log(0.6), 12)
  })

  it('links a payer with the payee whose takings come back to it', () => {
    const size = 1_000
    const [link] = coincidenceLinks(
      parties(size, { loop: column(size, { 4: 900 }), looped: column(size, { 4: 9 }), batch: apart(size) }),
      0,
      0,
    )
    expect(link).toMatchObject({ first: 4, second: 9, trait: 'loop' })
  })
})

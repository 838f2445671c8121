import { describe, expect, it } from 'vitest'
import { ocean, olasMech } from '../../src/protocols/index.ts'
import { contextRows } from '../../src/sources/protocol-rows.ts'

const programmesOf = (...[protocol, chain]: Parameters<typeof contextRows>) => contextRows(protocol, chain).programmes!

describe('programmes', () => {
  it('are those of the chain and those of several chains', () => {
    const shared = { protocol: 'ocean', rank_cut: null, visibility: 'public', source: 'protocol:ocean' }
    const farming = { ...shared, programme: 'data-farming', chain: null, counted: 'value' }
    expect(programmesOf(ocean, 'eip155:137')).toMatchObject([farming])
    expect(programmesOf(ocean, 'eip155:23294')).toMatchObject([
      farming,
      { ...shared, programme: 'predictoor', chain: 'eip155:23294', counted: null },
    ])
  })

  it('name what is counted, and where the terms stand', () => {
    const rows = programmesOf(olasMech, 'eip155:8453')
    expect(rows.length).toBeGreaterThan(5)
    for (const { chain, programme, url } of rows) {
      expect(chain).toBe('eip155:8453')
      expect(programme.startsWith('eip155:8453:0x')).toBe(true)
      expect(url).toMatch(/^https:\/\/github\.com\/valory-xyz\//)
    }
    expect(new Set(rows.map(({ counted }) => counted))).toEqual(new Set(['requests', 'deliveries', null]))
  })

  it('hold how their rates changed, in UTC', () => {
    const { rates } = contextRows(ocean, 'eip155:137')
    const about = { protocol: 'ocean', programme: 'data-farming', source: 'protocol:ocean' }
    expect(rates![0]).toMatchObject({
      ...about,
      value: null,
      from_time: Date.UTC(2022, 8, 29),
      to_time: Date.UTC(2022, 9, 27),
    })
    expect(rates!.at(-1)).toMatchObject({ ...about, value: '1.005', from_time: Date.UTC(2024, 2, 21), to_time: null })
    expect(contextRows(olasMech, 'eip155:100').rates).toEqual([])
  })

  it('are none where a network declares none', () => {
    const { programmes: _, ...without } = ocean
    expect(programmesOf(without, 'eip155:137')).toEqual([])
  })
})

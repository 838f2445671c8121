import { describe, expect, it } from 'vitest'
import { coverageGaps } from '../../src/features/coverage-gaps.ts'

const covered = (from_block: number, to_block: number, fields: { readonly [column: string]: string } = {}) => ({
  ...{ source: 's', protocol: 'p', chain: 'eip155:1', table_name: 'transfers', spec: 'a', method: 'eth_getLogs' },
  ...{ from_block, to_block },
  ...fields,
})

describe('coverageGaps', () => {
  it('names the blocks between covered ranges of the widest question, and none of those it has overtaken', () => {
    const gap = { source: 's', chain: 'eip155:1', table: 'transfers', from: 10, to: 19 }
    expect(coverageGaps([covered(0, 9), covered(20, 40)])).toEqual([gap])
    expect(coverageGaps([covered(0, 9), covered(20, 40), covered(0, 40, { spec: 'b' })])).toEqual([])
  })

  it('does not take transfers of tokens for transfers of the native currency', () => {
    const native = { spec: 'n', method: 'trace_filter' }
    const rows = [covered(0, 100), covered(0, 9, native), covered(20, 40, { spec: 'n', method: 'debug_traceBlock' })]
    expect(coverageGaps(rows)).toMatchObject([{ from: 10, to: 19 }])
    expect(coverageGaps([...rows, covered(10, 19, native)])).toEqual([])
  })
})

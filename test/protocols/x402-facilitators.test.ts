import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { FACILITATORS_AS_OF, x402Facilitators } from '../../src/protocols/x402-facilitators.ts'
import { itWithData } from '../support/outside-data.ts'

describe('facilitators', () => {
  it('lists each facilitator once a chain, dated', () => {
    const keys = x402Facilitators.map(({ chain, address }) => `${chain}:${address}`)
    expect(new Set(keys).size).toBe(keys.length)
    for (const { address, since } of x402Facilitators) {
      expect(address).toMatch(/^0x[0-9a-f]{40}$/)
      expect(since! <= FACILITATORS_AS_OF).toBe(true)
    }
  })

  itWithData('holds those of an older list', ['known-addresses/x402_facilitators_2025-12.csv'], (path) => {
    const ours = new Set(x402Facilitators.map(({ address }) => address))
    const older = readFileSync(path as string, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
    const evm = older.filter(([, chain]) => chain === 'evm').map(([, , address]) => address!.toLowerCase())
    expect(evm.filter((address) => !ours.has(address))).toEqual([])
  })
})

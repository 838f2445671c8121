import { describe, expect, it } from 'vitest'
import { contestedBy, parseContests } from '../../src/audit/contest.ts'

const wallet = `0x${'ab'.repeat(20)}`
const statement = { statement: 'These are our staff.', expires: '2025-06-30' }
const parse = (value: unknown) => parseContests(typeof value === 'string' ? value : JSON.stringify(value), 'c.json')
const findings = [
  { id: 'self-payment-1', subjects: [wallet] },
  { id: 'value-return-2', subjects: [wallet, 'b'] },
  { id: 'value-return-3', subjects: ['b', 'c'] },
]
const at = (day: string) => Date.parse(day)

describe('parseContests', () => {
  it.each([
    ['not JSON', '[{', 'the file'],
    ['not a list', {}, 'the file'],
    ['neither wallet nor finding', [statement], 'entry 1: name a wallet or a finding'],
    ['both', [{ ...statement, wallet, finding: 'x' }], 'entry 1: name a wallet or a finding'],
    ['no statement', [{ wallet, statement: ' ', expires: '2025-06-30' }], 'entry 1, statement'],
    [
      'no day',
      [
        { ...statement, wallet },
        { wallet, statement: 'x', expires: 'soon' },
      ],
      'entry 2, expires',
    ],
    ['a field that is misspelt', [{ ...statement, wallet, expire: 1 }], 'entry 1'],
  ])('refuses %s in one sentence, with a fix', (_, value, where) => {
    expect(() => parse(value)).toThrow(/^c\.json is not a list of contested findings and wallets\./)
    expect(() => parse(value)).toThrow(where)
    expect(() => parse(value)).toThrow('Fix: Write [{')
  })
})

describe('contestedBy', () => {
  it('speaks of the findings about a wallet, whatever the case of its address', () => {
    const contests = parse([{ ...statement, wallet: wallet.toUpperCase().replace('0X', '0x'), by: 'a team' }])
    const { rows, ofFinding, ofWallet } = contestedBy(contests, at('2025-06-01'), findings)
    expect(rows).toMatchObject([{ kind: 'wallet', id: wallet, expired: false, findings: 2, by: 'a team' }])
    expect([...ofFinding.keys()]).toEqual(['self-payment-1', 'value-return-2'])
    expect([...ofWallet.keys()]).toEqual([wallet])
  })

  it('speaks of the wallets of a finding', () => {
    const { ofFinding, ofWallet } = contestedBy(parse([{ ...statement, finding: 'value-return-3' }]), 0, findings)
    expect([...ofFinding.keys()]).toEqual(['value-return-3'])
    expect([...ofWallet.keys()]).toEqual(['b', 'c'])
  })

  it('holds to the end of its last day, then is listed and changes nothing', () => {
    const contests = parse([{ ...statement, wallet }])
    expect(contestedBy(contests, at('2025-07-01') - 1, findings).ofFinding.size).toBe(2)
    const { rows, ofFinding, ofWallet } = contestedBy(contests, at('2025-07-01'), findings)
    expect(rows).toMatchObject([{ expired: true, findings: 2 }])
    expect([ofFinding.size, ofWallet.size]).toEqual([0, 0])
  })
})

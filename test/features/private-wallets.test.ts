import { describe, expect, it } from 'vitest'
import { type PrivateWallets, privateWallets } from '../../src/features/private-wallets.ts'

type Move = readonly [from: string, to: string, amount: number, kind?: 'payment']

function labelsOf(rows: readonly Move[], { services = [] as readonly string[], hops = 3 } = {}) {
  const names = [...new Set(rows.flatMap((row) => row.slice(0, 2) as string[]))]
  const parties = new Set(rows.flatMap(([from, to, , kind]) => (kind === 'payment' ? [from, to] : [])))
  const found = privateWallets(
    {
      nodes: names.length,
      from: Int32Array.from(rows, ([from]) => names.indexOf(from)),
      to: Int32Array.from(rows, ([, to]) => names.indexOf(to)),
      amount: Float64Array.from(rows, ([, , amount]) => amount),
      isPayment: Uint8Array.from(rows, ([, , , kind]) => Number(kind === 'payment')),
      isService: Uint8Array.from(names, (name) => Number(services.includes(name))),
      isParty: Uint8Array.from(names, (name) => Number(parties.has(name))),
    },
    0.9,
    hops,
  )
  const homes = ({ homeOf }: PrivateWallets) =>
    Object.fromEntries(names.flatMap((name, i) => (homeOf[i] === -1 ? [] : [[name, names[homeOf[i]!]]])))
  const flagged = (flags: Uint8Array) => names.filter((_, i) => flags[i] === 1)
  return { homes: homes(found), isFed: flagged(found.isFed), feeds: flagged(found.feeds) }
}

/** Two services with payers of their own; money of the first goes round by exit, root and branch. */
const round: Move[] = [
  ['outside', 'root', 500],
  ['root', 'branch', 100],
  ['branch', 'puppet', 100],
  ['puppet', 'service', 100, 'payment'],
  ['service', 'exit', 100],
  ['exit', 'root', 100],
  ['customer', 'other', 50, 'payment'],
  ['stranger', 'other', 50, 'payment'],
]

describe('privateWallets', () => {
  it('follows value round over three wallets, and no farther', () => {
    const { homes, isFed, feeds } = labelsOf(round)
    const members = { root: 'service', branch: 'service', exit: 'service' }
    expect(homes).toMatchObject(members)
    expect(isFed.toSorted()).toEqual(['branch', 'exit', 'root'])
    expect(feeds.toSorted()).toEqual(['branch', 'exit', 'outside', 'root'])
    expect(labelsOf(round, { hops: 2 }).homes).not.toHaveProperty('exit')
  })

  it('says the same of rows in any order', () => {
    expect(labelsOf(round.toReversed())).toMatchObject({ homes: labelsOf(round).homes })
    expect(labelsOf(round.toReversed()).isFed.toSorted()).toEqual(labelsOf(round).isFed.toSorted())
  })

  it('takes a wallet for private no longer once it gives more than a tenth to somebody else', () => {
    expect(labelsOf([...round, ['root', 'customer', 10]]).homes).toHaveProperty('root')
    expect(labelsOf([...round, ['root', 'customer', 20]]).homes).not.toHaveProperty('root')
    expect(labelsOf([...round, ['root', 'customer', 20, 'payment']]).homes).not.toHaveProperty('root')
  })

  it('takes a wallet for private no longer once it gets more than a tenth from other parties', () => {
    expect(labelsOf([...round, ['other', 'exit', 10]]).homes).toHaveProperty('exit')
    expect(labelsOf([...round, ['other', 'exit', 20]]).homes).not.toHaveProperty('exit')
  })

  it('takes a labelled service for private to nobody, nor what leads to it', () => {
    const { homes } = labelsOf(round, { services: ['root'] })
    expect(homes).not.toHaveProperty('root')
    expect(homes).not.toHaveProperty('exit')
  })

  it('takes a treasury that gives to the payee alone for no way back to its payers', () => {
    const { isFed, feeds } = labelsOf([
      ['customer', 'service', 100, 'payment'],
      ['stranger', 'other', 100, 'payment'],
      ['service', 'treasury', 80],
      ['treasury', 'service', 80],
      ['company', 'customer', 100],
    ])
    expect(isFed).toEqual(['treasury'])
    expect(feeds).toEqual(['company'])
  })

  it('cannot tell an exchange of many by whom it serves where nearly all pay one payee', () => {
    const crowd = (customers: number): Move[] =>
      Array.from({ length: customers }, (_, i): Move[] => [
        ['exchange', `customer ${i}`, 10],
        [`customer ${i}`, 'service', 10, 'payment'],
      ]).flat()
    expect(labelsOf([...crowd(51), ['service', 'exchange', 10]]).homes).not.toHaveProperty('exchange')
    expect(labelsOf([...crowd(40), ['service', 'exchange', 10]]).homes).toHaveProperty('exchange')
  })
})

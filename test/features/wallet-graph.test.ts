import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { depositReuse } from '../../src/features/deposit-reuse.ts'
import type { FeatureContext } from '../../src/features/feature.ts'
import { parties } from '../../src/features/parties.ts'
import { funding, fundingTree, rootsOf, sweep, tokenFunding, wallets } from '../../src/features/wallet-graph.ts'
import { walletProfile } from '../../src/features/wallet-profile.ts'
import type { Label } from '../../src/records/context.ts'
import type { Transfer } from '../../src/records/transfer.ts'
import { withLedger } from '../support/ledger-with.ts'
import { payment, transfer, usageEvent } from '../support/records.ts'

let next = 0
const move = (from: string, to: string, timestamp: number | null, fields: Partial<Transfer> = {}) =>
  transfer({
    tx_hash: `0x${(next++).toString(16).padStart(4, '0')}`,
    log_index: -1,
    block_number: null,
    from,
    to,
    timestamp,
    ...fields,
  })
const token = { kind: 'erc20', asset: '0xdd' } as const
const label = (address: string, kind: Label['kind']): Label => {
  return { address, chain: null, kind, name: null, source: 'test', as_of: null }
}

type More = { readonly labels?: readonly Label[] }

function on<value>(transfers: readonly Transfer[], use: (context: FeatureContext) => Promise<value>, more: More = {}) {
  const facts = { usage_events: [usageEvent()], payments: [payment()], transfers, ...more }
  return withLedger(facts, ({ context }) => use(context))
}

/** Wallet → wallet, by name. */
const named = (feature: typeof funding) => async (context: FeatureContext) => {
  const { names } = await context.get(wallets)
  const { to } = await context.get(feature)
  return Object.fromEntries(names.flatMap((name, i) => (to[i] === -1 ? [] : [[name, names[to[i]!]!]])))
}

describe('wallets', () => {
  it('are parties and whoever moves value, but for what settles a usage', async () => {
    const settling = move('0xaa', '0xbb', 1_000, { tx_hash: '0x01' })
    const found = await on([settling, move('0xf1', '0xaa', 1), move('0xcc', '0xcc', 2)], (context) =>
      context.get(parties),
    )
    expect([...found.names]).toEqual(['0xaa', '0xbb', '0xf1'])
    expect(found.parties).toBe(2)
  })
})

describe('funding', () => {
  it('is the first native currency of any wallet, tokens and unknown times aside', async () => {
    const transfers = [
      move('0xf2', '0xaa', 20),
      move('0xf1', '0xaa', 10, { amount: 500n }),
      move('0xf3', '0xaa', 5, token),
      move('0xf4', '0xaa', null),
      move('0xee', '0xf1', 1),
    ]
    expect(await on(transfers, named(funding))).toEqual({ '0xaa': '0xf1', '0xf1': '0xee' })
  })

  it('is not known of a wallet that had sent native currency before, nor where somebody sent a little first', async () => {
    expect(await on([move('0xaa', '0xcc', 5), move('0xf1', '0xaa', 10)], named(funding))).toEqual({ '0xcc': '0xaa' })
    const little = [move('0xf1', '0xaa', 5, { amount: 10n }), move('0xf2', '0xaa', 10)]
    expect(await on(little, named(funding))).toEqual({})
    const dusted = [move('0xf1', '0xaa', 5, { amount: 1n }), move('0xf2', '0xaa', 10, { amount: 1_000n })]
    expect(await on(dusted, named(funding))).toEqual({ '0xaa': '0xf2' })
  })

  it('of tokens is told apart', async () => {
    const transfers = [move('0xf1', '0xaa', 5), move('0xf3', '0xaa', 6, token), move('0xf4', '0xaa', 7, token)]
    expect(await on(transfers, named(tokenFunding))).toEqual({ '0xaa': '0xf3' })
  })

  it('leads to a root, also where wallets fund each other in a circle', async () => {
    const transfers = [move('0xf2', '0xf1', 1), move('0xf1', '0xaa', 2), move('0xf1', '0xbb', 3)]
    const found = await on(transfers, async (context) => {
      const { names } = await context.get(wallets)
      const { root, depth } = await context.get(fundingTree)
      return names.map((name, i) => [name, names[root[i]!], depth[i]])
    })
    expect(found.toSorted()).toEqual([
      ['0xaa', '0xf2', 2],
      ['0xbb', '0xf2', 2],
      ['0xf1', '0xf2', 1],
      ['0xf2', '0xf2', 0],
    ])
  })

  it('finds the roots that following every wallet one by one finds', () => {
    const parents = fc
      .integer({ min: 1, max: 30 })
      .chain((n) => fc.array(fc.integer({ min: -1, max: n - 1 }), { minLength: n, maxLength: n }))
    fc.assert(
      fc.property(parents, (list) => {
        const { root, depth } = rootsOf(Int32Array.from(list))
        list.forEach((_, start) => {
          const path = [start]
          for (let at = list[start]!; at !== -1 && !path.includes(at); at = list[at]!) path.push(at)
          const back = list[path.at(-1)!]!
          const circle = back === -1 ? [path.at(-1)!] : path.slice(path.indexOf(back))
          expect(root[start]).toBe(Math.min(...circle))
          expect(depth[start]).toBe(path.findIndex((one) => circle.includes(one)))
        })
      }),
    )
  })
})

describe('sweep', () => {
  it('is where the last native currency went, which pays for no usage', async () => {
    const paid = move('0xaa', '0xbb', 1_000, { tx_hash: '0x01' })
    const dust = move('0xaa', '0xc4', 950, { amount: 1n })
    const large = { amount: 1_000n }
    const first = move('0xaa', '0xc1', 5, large)
    const transfers = [first, move('0xaa', '0xc2', 900, large), dust, move('0xaa', '0xc3', 990, token), paid]
    expect(await on(transfers, named(sweep))).toEqual({ '0xaa': '0xc2' })
  })
})

describe('deposit reuse', () => {
  const labels = [label('0xe0', 'exchange')]
  const uses = async (context: FeatureContext) => {
    const { names } = await context.get(wallets)
    const { wallet, deposit } = await context.get(depositReuse)
    return [...wallet].map((one, i) => `${names[one]} ${names[deposit[i]!]}`)
  }
  const ether = 10n ** 18n
  const into = (from: string, at: number) => move(from, '0xd1', at, { amount: ether })
  const forward = (at: number, amount = ether - 10n ** 15n) => move('0xd1', '0xe0', at, { amount })

  it('ties wallets whose money one address passes on to an exchange', async () => {
    const transfers = [into('0xaa', 1_000), forward(2_000), into('0xbb', 5_000), forward(6_000)]
    expect(await on(transfers, uses, { labels })).toEqual(['0xaa 0xd1', '0xbb 0xd1'])
    expect(await on(transfers, uses)).toEqual([])
  })

  it.each<[string, Transfer[], Label[]]>([
    ['keeps more than a fee', [into('0xaa', 1_000), forward(2_000, ether / 2n)], []],
    ['waits for a day', [into('0xaa', 1_000), forward(100_000_000)], []],
    ['pays others as well', [into('0xaa', 1_000), forward(2_000), move('0xd1', '0xcc', 3_000)], []],
    ['is labelled itself', [into('0xaa', 1_000), forward(2_000)], [label('0xd1', 'router')]],
    [
      'has more senders than a customer has wallets',
      [forward(2_000), ...Array.from({ length: 51 }, (_, i) => into(`0xa${i}`, 1_000))],
      [],
    ],
  ])('is not found where the address %s', async (_, transfers, more) => {
    expect(await on(transfers, uses, { labels: [...labels, ...more] })).toEqual([])
  })
})

describe('wallet profile', () => {
  it('counts payments, counterparties and days of parties', async () => {
    const day = 86_400_000
    const used = [0, 1, 2].map((i) => ({
      usage_id: `u${i}`,
      tx_hash: `0x1${i}`,
      timestamp: 1_000 + Math.floor(i / 2) * day,
    }))
    const facts = {
      usage_events: used.map((fields) => usageEvent(fields)),
      payments: used.map((fields, i) => payment({ ...fields, to: i === 0 ? '0xb0' : '0xb1' })),
      transfers: [move('0xf1', '0xaa', 1), move('0xf2', '0xaa', 2), move('0xaa', '0xc1', 3, token)],
    }
    const found = await withLedger(facts, async ({ context }) => {
      const { names } = await context.get(wallets)
      const profile = await context.get(walletProfile)
      const { first, last, wallet, ...counts } = profile
      const at = [...wallet].findIndex((one) => names[one] === '0xaa')
      return {
        first: first[at],
        last: last[at],
        ...Object.fromEntries(Object.entries(counts).map(([name, list]) => [name, list[at]])),
      }
    })
    expect(found).toEqual({
      first: 1_000n,
      last: BigInt(1_000 + day),
      ...{ payments: 3, receipts: 0, payees: 2, payers: 0, days: 2, funders: 2, targets: 1 },
    })
  })
})

import { describe, expect, it } from 'vitest'
import { type PartyTraits, partyTraits } from '../../src/clusters/party-traits.ts'
import { parties } from '../../src/features/parties.ts'
import type { Payment } from '../../src/records/payment.ts'
import type { Transfer } from '../../src/records/transfer.ts'
import type { UsageEvent } from '../../src/records/usage-event.ts'
import { withLedger } from '../support/ledger-with.ts'
import { payment, transfer, usageEvent } from '../support/records.ts'

const HOUR = 3_600_000

/** Facts in the making: who paid whom for a use, and who sent whom tokens or native currency, at an hour. */
function market() {
  const facts = { usage_events: [] as UsageEvent[], payments: [] as Payment[], transfers: [] as Transfer[] }
  let next = 1
  const at = (hour: number) => ({ tx_hash: `0x${(next++).toString(16).padStart(6, '0')}`, timestamp: hour * HOUR })
  const pay = (from: string, to: string, hour: number) => {
    const fields = { ...at(hour), usage_id: `u${next}` }
    facts.usage_events.push(usageEvent({ ...fields, consumer: from, provider: to }))
    facts.payments.push(payment({ ...fields, from, to, amount: 10n }))
  }
  const send = (from: string, to: string, hour: number, amount = 100n, kind: 'native' | 'erc20' = 'erc20') => {
    const asset = kind === 'native' ? null : '0xdd'
    facts.transfers.push(transfer({ ...at(hour), log_index: -1, block_number: null, from, to, amount, kind, asset }))
  }
  return { facts, pay, send }
}

/** Traits by name of party. */
async function traitsIn({ facts }: ReturnType<typeof market>) {
  return withLedger(facts, async ({ context }) => {
    const { names, parties: count } = await context.get(parties)
    const found = await context.get(partyTraits)
    const nameOf = (node: number) => (node === -1 ? null : names[node]!)
    const of = (column: Int32Array) =>
      Object.fromEntries(names.slice(0, count).map((name, party) => [name, nameOf(column[party]!)]))
    const shared = (trait: keyof PartyTraits['shared']) => of(found.shared[trait])
    return { found, names, shared, fed: of(found.fed), looped: of(found.looped) }
  })
}

describe('traits of parties', () => {
  it('leave out what a payee gave those who try it, and take it where more comes back', async () => {
    const world = market()
    for (const wallet of ['0xa1', '0xa2']) {
      world.send('0xb0', wallet, 1)
      world.pay(wallet, '0xb0', 2)
    }
    const tried = await traitsIn(world)
    expect(tried.shared('token-funder')).toMatchObject({ '0xa1': null, '0xa2': null })
    expect(tried.fed).toMatchObject({ '0xa1': null, '0xa2': null })
    world.send('0xb0', '0xa1', 3)
    const returned = await traitsIn(world)
    expect(returned.shared('token-funder')).toMatchObject({ '0xa1': '0xb0', '0xa2': null })
    expect(returned.fed).toMatchObject({ '0xa1': '0xb0', '0xa2': null })
    expect(returned.shared('loop')).toMatchObject({ '0xa1': '0xb0', '0xa2': null })
  })

  it('follow takings over two wallets to where they pay for the payer again', async () => {
    const world = market()
    world.send('0xf0', '0xa1', 1)
    world.pay('0xa1', '0xb0', 2)
    world.send('0xb0', '0xe0', 3)
    world.send('0xe0', '0xf0', 4)
    const once = await traitsIn(world)
    expect(once.shared('loop')['0xa1']).toBeNull()
    world.send('0xf0', '0xa1', 5)
    const again = await traitsIn(world)
    expect(again.shared('loop')['0xa1']).toBe('0xf0')
    expect(again.looped['0xa1']).toBe('0xb0')
  })

  it('take an exchange for the end of a loop only where many of its customers pay one payee', async () => {
    const world = market()
    const wallets = Array.from({ length: 12 }, (_, i) => `0xa${i.toString(16)}`)
    for (const [i, wallet] of wallets.entries()) {
      world.send('0xf0', wallet, 1)
      world.pay(wallet, i < 5 ? '0xb0' : i < 7 ? '0xb1' : `0xc${i}`, 2)
      world.send('0xf0', wallet, 5)
    }
    for (const payee of ['0xb0', '0xb1']) world.send(payee, '0xf0', 3)
    const { shared, fed } = await traitsIn(world)
    for (const found of [shared('loop'), fed])
      expect(wallets.filter((wallet) => found[wallet] !== null)).toEqual(wallets.slice(0, 5))
  })

  it('know the funder of a funder, and batches of eight to which one wallet sent all within an hour', async () => {
    const world = market()
    const wallets = Array.from({ length: 9 }, (_, i) => `0xa${i}`)
    world.send('0xf1', '0xf0', 0, 1_000n)
    for (const [i, wallet] of wallets.entries()) {
      world.send('0xf0', wallet, i === 8 ? 3 : 1 + i / 16, 100n, 'native')
      world.send('0xf0', wallet, 4)
      world.pay(wallet, '0xb0', 5 + i)
    }
    const { found, names, shared } = await traitsIn(world)
    expect(shared('token-root')).toMatchObject({ '0xa0': '0xf1', '0xa8': '0xf1' })
    const batchOf = (wallet: string) => found.batch[names.indexOf(wallet)]
    expect(new Set(wallets.slice(0, 8).map(batchOf))).toEqual(new Set([0]))
    expect(batchOf('0xa8')).toBe(-1)
  })
})

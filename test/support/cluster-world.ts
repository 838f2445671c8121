import type { Payment } from '../../src/records/payment.ts'
import type { Transfer } from '../../src/records/transfer.ts'
import type { UsageEvent } from '../../src/records/usage-event.ts'
import { randomStream } from '../../src/statistics/random.ts'
import { payment, transfer, usageEvent } from './records.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
export const ETHER = 10n ** 18n

type WorldOptions = {
  /** Default 5. */
  readonly farms?: number
  /** Whether farms send a little to many honest wallets. */
  readonly dust?: boolean
}

/** 300 honest payers whom two exchanges fund, and farms of ten, each paid for by one operator within an afternoon. */
export function clusterWorld(seed: number, { farms = 5, dust = false }: WorldOptions = {}) {
  const random = randomStream(seed, 'clusters')
  // Of its own, so that the same world is had with dust and without.
  const dusted = randomStream(seed, 'dust')
  const facts = { usage_events: [] as UsageEvent[], payments: [] as Payment[], transfers: [] as Transfer[] }
  let next = 0
  const place = (at: number) => ({ tx_hash: `0x${(next++).toString(16).padStart(8, '0')}`, timestamp: Math.round(at) })
  const move = (from: string, to: string, at: number, amount: bigint) => {
    facts.transfers.push(transfer({ ...place(at), log_index: -1, block_number: null, from, to, amount }))
  }
  const pay = (from: string, to: string, at: number, amount: bigint) => {
    const fields = { ...place(at), usage_id: `u${next}` }
    facts.usage_events.push(usageEvent({ ...fields, consumer: from, provider: to }))
    facts.payments.push(payment({ ...fields, from, to, amount }))
  }
  const amount = () => BigInt(Math.round(10 ** (15 + 3 * random.next())))
  for (let i = 0; i < 300; i += 1) {
    const at = random.next() * 200 * DAY
    const wallet = `honest ${i}`
    move(`exchange ${i % 2}`, wallet, at, ETHER)
    const uses = 1 + random.below(4)
    for (let use = 0; use < uses; use += 1)
      pay(wallet, `service ${random.below(12)}`, at + HOUR + random.next() * 30 * DAY, amount())
    if (random.next() < 0.4) move(wallet, `shop ${random.below(500)}`, at + 40 * DAY, amount())
  }
  for (let number = 0; number < farms; number += 1) {
    const at = random.next() * 200 * DAY
    const price = amount()
    for (const [i, wallet] of membersOf(number).entries()) {
      move(`operator ${number}`, wallet, at + i * 60_000, ETHER / 10n)
      pay(wallet, `service ${number}`, at + 2 * HOUR + i * 90_000, price + (price * BigInt(i)) / 1000n)
      move(wallet, `collector ${number}`, at + 3 * HOUR + i * 60_000, ETHER / 20n)
      if (dust) for (let n = 0; n < 5; n += 1) move(wallet, `honest ${dusted.below(300)}`, at + 4 * HOUR, 1n)
    }
  }
  return facts
}

const membersOf = (number: number) => Array.from({ length: 10 }, (_, i) => `farm ${number} ${i}`)

/** The wallets of a farm by name. */
export const farm = (number: number) => membersOf(number).sort()

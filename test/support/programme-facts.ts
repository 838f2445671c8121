import type { Facts } from '../../src/records/index.ts'
import type { Payment } from '../../src/records/payment.ts'
import { payment, usageEvent } from './records.ts'

type Use = { readonly from: string; readonly to: string; readonly fee: bigint; readonly at: number }

const CHAIN = 'eip155:1'
export const DAY = 86_400_000

function usesOf(uses: readonly Use[]): Pick<Facts, 'usage_events' | 'payments'> {
  const places = uses.map(({ at }, i) => ({ tx_hash: `0x${i + 1}`, usage_id: `u${i + 1}`, timestamp: at }))
  return {
    usage_events: uses.map(({ from, to }, i) => usageEvent({ ...places[i]!, consumer: from, provider: to })),
    payments: uses.flatMap(({ from, to, fee }, i): Payment[] => [
      payment({ ...places[i]!, from, to, asset: '0xtoken', amount: 100n }),
      payment({ ...places[i]!, leg: 1, from, to: '0xfee', asset: '0xtoken', amount: fee, kind: 'platform-fee' }),
    ]),
  }
}

/**
 * One day of a programme that pays 50 for two requests: 0xaa asks itself three times, 0xbb asks 0xcc twice, and 0xdd asks it
 * once, for 100 each. `rewarded` in which asset; 0xee is rewarded in a day before and has no usage.
 */
export function programmeFacts(rewarded = '0xtoken'): Facts {
  const names = { protocol: 'test', programme: 'asks', source: 'test' }
  const window = { ...names, from_time: DAY, to_time: 2 * DAY, target: 2n }
  const reward = { ...names, chain: CHAIN, log_index: 1, sub_index: 0, block_number: 1, epoch: null, basis: null }
  const asset = { chain: CHAIN, symbol: 'TOK', decimals: 0, declared: true, peg: null, source: 'test' }
  const use = (from: string, to: string, fee: bigint) => ({ from, to, fee, at: DAY + 5 })
  const self = use('0xaa', '0xaa', 10n)
  return {
    ...usesOf([self, self, self, use('0xbb', '0xcc', 5n), use('0xbb', '0xcc', 5n), use('0xdd', '0xcc', 5n)]),
    programmes: [{ ...names, chain: CHAIN, counted: 'requests', rank_cut: null, visibility: 'public', url: null }],
    windows: [
      { ...window, subject: '0xaa', counted: 3n, reward: 50n },
      { ...window, subject: '0xbb', counted: 2n, reward: 50n },
      { ...window, subject: '0xdd', counted: 1n, reward: 0n },
      { ...window, from_time: 0, to_time: DAY, subject: '0xee', counted: 2n, reward: 7n },
    ],
    rewards: ['0xaa', '0xbb'].map((recipient, i) => ({
      ...{ ...reward, recipient, subject: recipient, tx_hash: `0x${90 + i}`, timestamp: 2 * DAY },
      ...{ asset: rewarded, amount: 50n },
    })),
    assets: [
      { ...asset, asset: '0xtoken' },
      { ...asset, asset: '0xother', symbol: 'OTH' },
    ],
  }
}

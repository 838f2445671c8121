import { BLOCKS_A_DAY, moveKinds, PROTOCOL, SOURCE } from './chain.ts'
import type { World } from './world.ts'

export const PROGRAMME = 'usage-rewards'
/** What share of the volume of a week is paid out to those who bought. */
const RATE = 10n
const WEEK = 7

/** A programme that pays every customer for each week a share of what it spent, until the programme ends. */
export function payRewards(world: World): void {
  const { recorder, rewardedUntil } = world
  const { size, kind, block, from, amount } = recorder.tape()
  const spent: Map<number, bigint>[] = []
  for (let move = 0; move < size; move++) {
    if (moveKinds[kind[move] as number] !== 'settled') continue
    const week = Math.floor((block[move] as number) / BLOCKS_A_DAY / WEEK)
    if ((week + 1) * WEEK > rewardedUntil) continue
    const wallets = spent[week] ?? new Map<number, bigint>()
    spent[week] = wallets
    wallets.set(from[move] as number, (wallets.get(from[move] as number) ?? 0n) + (amount[move] as bigint))
  }
  const pool = world.outside(PROGRAMME)
  spent.forEach((wallets, week) => {
    for (const [to, sum] of wallets)
      if (sum * RATE >= 100n)
        recorder.reward({ from: pool, to, amount: (sum * RATE) / 100n, at: (week + 1) * WEEK + 0.5 }, week)
  })
  recorder.context.programmes.push({
    protocol: PROTOCOL,
    programme: PROGRAMME,
    chain: null,
    counted: 'value',
    rank_cut: null,
    visibility: 'public',
    url: null,
    source: SOURCE,
  })
}

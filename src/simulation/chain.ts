/** Where simulated transactions stand: a main chain, one beside it, and the records of a company, which are no chain. */
export const CHAINS = ['eip155:31337', 'eip155:31338', 'file:company'] as const
/** Number of the chain whose records are no transactions. */
export const FILE_CHAIN = 2
export const PROTOCOL = 'simulation'
export const SOURCE = 'simulation'
export const DAY_MS = 86_400_000
/** UTC ms; a Monday is five days on. */
export const OPENS = Date.UTC(2025, 0, 1)
export const FIRST_BLOCK = 1_000_000
export const BLOCK_MS = 2_000
export const BLOCKS_A_DAY = DAY_MS / BLOCK_MS
/** Transfers are covered for as long as the longest return window after the market closes. */
export const FOLLOW_UP_DAYS = 90

/** What an entry of the tape is. `used`: a use that nobody paid for. `bridge`: value that came from another chain. */
export const moveKinds = ['settled', 'refunded', 'used', 'erc20', 'native', 'bridge', 'reward'] as const
export type MoveKind = (typeof moveKinds)[number]

/** Rungs of the ladder as the truth knows them; `none`: honest, or real use of a stranger's service. */
export const levels = ['none', 'W0', 'W1', 'W2', 'W3', 'W4'] as const
export type Level = (typeof levels)[number]

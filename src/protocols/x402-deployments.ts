import type { DeclaredAsset, Deployment } from './protocol.ts'

const BASE = 'eip155:8453'
const POLYGON = 'eip155:137'

/** Circle's own USDC, not the bridged token of the same name. */
const USDC = {
  [BASE]: '0x833589fcd6edb6e08f4c7c32d4f71b54bda02913',
  [POLYGON]: '0x3c499c542cef5e3811e1192ce70d8cc03d5c3359',
} as const

const TOKENS = 'Merit-Systems/x402scan @e85e6727'
const PROXIES = 'coinbase/x402 @dd927a26, one address on every chain'
/** 2025-05-05, the day of the first listed facilitator, at 2 s a block. */
const FIRST_ON_BASE = 29806926

const proxy = (chain: string, address: string): Deployment => ({
  chain,
  role: 'permit2-proxy',
  address,
  fromBlock: chain === BASE ? FIRST_ON_BASE : null,
  verified: false,
  source: `${PROXIES}; ${chain === BASE ? 'start: not before x402 itself' : 'start block not known'}`,
})

export const x402Deployments: readonly Deployment[] = [
  {
    chain: BASE,
    role: 'token',
    address: USDC[BASE],
    fromBlock: FIRST_ON_BASE,
    verified: false,
    source: `${TOKENS} and Virtual-Protocol/acp-node @d57d2def; start: 2025-05-05, the day of the first listed facilitator, at 2 s a block`,
  },
  {
    chain: POLYGON,
    role: 'token',
    address: USDC[POLYGON],
    fromBlock: null,
    verified: false,
    source: `${TOKENS}; start block not known`,
  },
  ...[BASE, POLYGON].flatMap((chain) => [
    proxy(chain, '0x402085c248eea27d92e8b30b2c58ed07f9e20001'),
    proxy(chain, '0x4020a4f3b7b90cca423b9fabcc0ce57c6c240002'),
  ]),
]

export const x402Assets: readonly DeclaredAsset[] = [
  { chain: BASE, asset: USDC[BASE], symbol: 'USDC', decimals: 6, peg: 'USD' },
  { chain: POLYGON, asset: USDC[POLYGON], symbol: 'USDC', decimals: 6, peg: 'USD' },
]

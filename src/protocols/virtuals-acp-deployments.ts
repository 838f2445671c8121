import type { Label } from '../records/context.ts'
import type { DeclaredAsset, DeclaredProgramme, Deployment } from './protocol.ts'

const BASE = 'eip155:8453'
const USDC = '0x833589fcd6edb6e08f4c7c32d4f71b54bda02913'

const ACP_NODE = 'Virtual-Protocol/acp-node @d57d2def, src/configs/acpConfigs.ts'
const ACP_NODE_V2 = 'Virtual-Protocol/acp-node-v2 @776741a7, src/core/constants.ts'
const THIRD_PARTY = 'three third-party configurations that agree; confirm by the getters of the router'

/** The router is not older than the first activity on its forerunner; modules cannot be older than their router. */
const BEFORE_V2 = 32000000

type Known = Omit<Deployment, 'chain'>

function onBase(known: Known): Deployment {
  return { chain: BASE, ...known }
}

function moduleOf(role: string, address: string): Deployment {
  const source = `${THIRD_PARTY}; start as its router`
  return onBase({ role, address, fromBlock: BEFORE_V2, verified: false, source })
}

export const virtualsDeployments: readonly Deployment[] = [
  onBase({
    role: 'acp',
    address: '0x6a1fe26d54ab0d3e1e3168f2e0c0cda5cc0a0a4a',
    fromBlock: 24450000,
    verified: false,
    source: `${ACP_NODE}; start: 2025-01-01, before which there was none`,
  }),
  onBase({
    role: 'router',
    address: '0xa6c9ba866992cfd7fd6460ba912bfa405ada9df0',
    fromBlock: BEFORE_V2,
    verified: false,
    source: `${ACP_NODE}; start: first activity on the forerunner; first escrow in block 36806122`,
  }),
  moduleOf('job-manager', '0x9c690c267f20c385f8a053f62bc8c7e2d4b83744'),
  moduleOf('memo-manager', '0x9c6c5a7125934cc6a711a7bf44f3cdcccf91f30c'),
  moduleOf('payment-manager', '0xef4364fe4487353df46eb7c811d4fac78b856c7f'),
  onBase({
    role: 'commerce',
    address: '0x238e541bfefd82238730d00a2208e5497f1832e0',
    fromBlock: 44427013,
    asset: USDC,
    verified: true,
    source: `${ACP_NODE_V2}; start from a third-party dataset of this address`,
  }),
  onBase({
    role: 'fund-hook',
    address: '0x0ead25150985bce0b4925c54e4ee1d856381a86b',
    fromBlock: 45546126,
    verified: true,
    source: `${ACP_NODE_V2}; start from a third-party dataset of this address`,
  }),
  onBase({
    role: 'fund-hook',
    address: '0x90717828d78731313cb350d6a58b0f91668ea702',
    fromBlock: 44427013,
    verified: false,
    source: 'a third-party dataset, as an older hook',
  }),
]

export const virtualsAssets: readonly DeclaredAsset[] = [
  { chain: BASE, asset: USDC, symbol: 'USDC', decimals: 6, peg: 'USD' },
  { chain: BASE, asset: '0x0b3e328455c4059eeb9e3f84b5543f74e24e7e1b', symbol: 'VIRTUAL', decimals: 18 },
]

/** Wallets by which the operators judge agents before they may be listed. */
export const graduationEvaluators: ReadonlySet<string> = new Set(['0x696b35e2113345faddad8904a903c2728c28196a'])

/** Services that another programme of the network makes everybody buy once. */
export const requiredServices: ReadonlySet<string> = new Set(['join_leaderboard'])

export const virtualsLabels: readonly Label[] = [...graduationEvaluators].map((address) => ({
  address,
  chain: BASE,
  kind: 'operator-test',
  name: 'graduation evaluator',
  source: 'working notes of an agent that was graduated, from the public directory of agents; one source',
  as_of: '2026-04-02',
}))

const WHITEPAPER = 'https://whitepaper.virtuals.io'

/** The leaderboard was announced on 2026-02-12; what it calls aGDP is price and principal of an agent's jobs. */
export const virtualsProgrammes: readonly DeclaredProgramme[] = [
  {
    programme: 'agdp-leaderboard',
    chain: BASE,
    counted: 'aGDP of an agent in an epoch: price and principal of its jobs',
    url: 'https://api.virtuals.io/api/agdp-leaderboard-epochs',
  },
  {
    programme: 'ecosystem-airdrop',
    chain: BASE,
    counted: 'USD value of jobs of buyers and sellers, in weeks that begin on Monday 00:00 UTC+4',
    url: WHITEPAPER,
  },
  {
    programme: 'graduation',
    chain: BASE,
    counted: 'ten successful jobs of an agent, three of them in a row, bought by its own test buyer',
    url: WHITEPAPER,
  },
]

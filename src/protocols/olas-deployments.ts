import type { DeclaredAsset, Deployment } from './protocol.ts'

const GNOSIS = 'eip155:100'
const BASE = 'eip155:8453'
const POLYGON = 'eip155:137'
const OPTIMISM = 'eip155:10'

const MECH_REGISTRY = 'valory-xyz/ai-registry-mech @53811b7e, docs/configuration.json'
const SUBGRAPHS = 'valory-xyz/autonolas-subgraph manifests @44383f22 (gnosis), @05ad328f (base), @1a2ad1af (polygon)'
const FEES = 'valory-xyz/autonolas-subgraph-studio @a7eceeb8, subgraphs/new-mech-fees'
const OPTIMISM_MARKET = 'valory-xyz/autonolas-subgraph @0eaa8efa, subgraphs/marketplace/subgraph.optimism.yaml'
const PROGRAMMES = 'valory-xyz/autonolas-staking-programmes @b177b7ca, scripts/deployment/globals_*.json'

/**
 * The token on each chain. Gnosis and Base: as MECH_REGISTRY. Polygon and Optimism: several public configurations that
 * agree, among them fork tests of the staking contracts (`StakingL2MigrateForkOP`).
 */
const OLAS = {
  [GNOSIS]: '0xce11e14225575945b8e6dc0d4f2dd4c570f79d9f',
  [BASE]: '0x54330d28ca3357f294334bdc454a032e7f353416',
  [POLYGON]: '0xfef5d947472e72efbb2e388c730b7428406f2f95',
  [OPTIMISM]: '0xfc2e6e6bcbd49ccf3a5f029c79984372dcbfe527',
} as const

/** Circle's USDC, as `usdcAddress` of scripts/deployment/globals_*.json in the repository of MECH_REGISTRY. */
const USDC = {
  [BASE]: '0x833589fcd6edb6e08f4c7c32d4f71b54bda02913',
  [POLYGON]: '0x3c499c542cef5e3811e1192ce70d8cc03d5c3359',
} as const

/** What a subscription tracker counts: credits of its own, bought elsewhere, that no price is vouched for. */
const credits = (tracker: string) => `nvm-credits:${tracker}`

const NVM_GNOSIS = '0x7d686bd1fd3cff6e45a40165154d61043af7d67c'
const NVM_BASE = '0xaafbeef195bdab1bb6f3dc9ceba875cd72499230'
const NVM_NATIVE_BASE = '0x3d79737f05966c5925a04d1b04110006f5a072be'
const NVM_POLYGON = '0xd00cb760bf30183eafe67f0e590beee190f35cf3'
const NVM_OPTIMISM = '0x1a0bfcc27051bccddc444578f56a4f5920e0e083'

type Known = Omit<Deployment, 'chain' | 'role' | 'source' | 'verified'>

/** Address from the configuration, start block from a subgraph's manifest, where the address stands as well. */
function verified(chain: string, role: string, known: Known): Deployment {
  return { chain, role, ...known, verified: true, source: `${MECH_REGISTRY}; ${SUBGRAPHS}` }
}

/** One source only, or no start block of its own. */
function single(chain: string, role: string, known: Known, source: string): Deployment {
  return { chain, role, ...known, verified: false, source }
}

/** A staking factory says nothing of the token its programmes pay; all programmes published pay OLAS. */
function staking(chain: keyof typeof OLAS, address: string, fromBlock: number): Deployment {
  const source = `${PROGRAMMES}; valory-xyz/autonolas-subgraph-studio @8a65abe1`
  return { chain, role: 'staking-factory', address, fromBlock, asset: OLAS[chain], verified: true, source }
}

/** Address from the configuration, start block from the manifest of another subgraph, where the address stands as well. */
function tracker(chain: string, address: string, fromBlock: number, asset: string): Deployment {
  const source = `${MECH_REGISTRY}; ${FEES}`
  return { chain, role: 'balance-tracker', address, fromBlock, asset, verified: true, source }
}

function registry(chain: string, address: string, fromBlock: number): Deployment {
  return { chain, role: 'service-registry', address, fromBlock, verified: true, source: `${PROGRAMMES}; ${SUBGRAPHS}` }
}

export const olasDeployments: readonly Deployment[] = [
  verified(GNOSIS, 'agent-factory', { address: '0x88de734655184a09b70700ae4f72364d1ad23728', fromBlock: 27911512 }),
  verified(GNOSIS, 'agent-factory', { address: '0x4be7a91e67be963806fefa9c1fd6c53dfc358d94', fromBlock: 30662989 }),
  ...(
    [
      ['0x2acd313b892c9922e470e4950e907d5eaa70fc2a', 35714019],
      ['0x6d8cbebcad7397c63347d44448147db05e7d17b0', 36582492],
      ['0x25c980328762a03f70c2649ef4be691b811b690a', 36582492],
    ] as const
  ).map(([address, fromBlock]) => single(GNOSIS, 'agent-factory', { address, fromBlock }, SUBGRAPHS)),
  single(
    GNOSIS,
    'agent-mech',
    { address: '0x77af31de935740567cf4ff1986d04b2c964a786a', fromBlock: null },
    `${PROGRAMMES}, as the mech that early activity checkers read`,
  ),
  verified(GNOSIS, 'legacy-marketplace', {
    address: '0x4554fe75c1f5576c1d7f765b2a036c199adae329',
    fromBlock: 35714019,
  }),
  verified(GNOSIS, 'mech-marketplace', { address: '0x735faab1c4ec41128c367afb5c3bac73509f70bb', fromBlock: 38661963 }),
  verified(GNOSIS, 'balance-tracker', {
    address: '0x21ce6799a22a3da84b7c44a814a9c79ab1d2a50d',
    fromBlock: 38662107,
    asset: 'native',
  }),
  verified(GNOSIS, 'balance-tracker', {
    address: '0x53bd432516707a5212a70216284a99a563aac1d1',
    fromBlock: 38662275,
    asset: OLAS[GNOSIS],
  }),
  verified(GNOSIS, 'balance-tracker', { address: NVM_GNOSIS, fromBlock: 38662005, asset: credits(NVM_GNOSIS) }),
  registry(GNOSIS, '0x9338b5153ae39bb89f50468e608ed9d764b755fd', 27871084),
  staking(GNOSIS, '0xb0228ca253a88bc8eb4ca70bcac8f87b381f4700', 35206806),

  verified(BASE, 'mech-marketplace', { address: '0xf24ee42eda0fc9b33b7d41b06ee8ccd2ef7c5020', fromBlock: 26642705 }),
  verified(BASE, 'balance-tracker', {
    address: '0xb3921f8d8215603f0bd521341ac45ea8f2d274c1',
    fromBlock: 26642932,
    asset: 'native',
  }),
  verified(BASE, 'balance-tracker', {
    address: '0x43fb32f25dce34eb76c78c7a42c8f40f84bcd237',
    fromBlock: 26643048,
    asset: OLAS[BASE],
  }),
  verified(BASE, 'balance-tracker', { address: NVM_BASE, fromBlock: 27585236, asset: credits(NVM_BASE) }),
  // No block of its own is known, but no tracker is older than its marketplace.
  single(
    BASE,
    'balance-tracker',
    { address: NVM_NATIVE_BASE, fromBlock: 26642705, asset: credits(NVM_NATIVE_BASE) },
    MECH_REGISTRY,
  ),
  single(
    BASE,
    'balance-tracker',
    { address: '0x0443c55e151dba13fae079518f9dd01ff9c21cb2', fromBlock: 50775686, asset: USDC[BASE] },
    FEES,
  ),
  registry(BASE, '0x3c1ff68f5aa342d296d4dee4bb1cacca912d95fe', 10827380),
  staking(BASE, '0x1cee30d08943eb58eff84dd1ab44a6ee6feff63a', 17310019),

  verified(POLYGON, 'mech-marketplace', { address: '0x343f2b005cf6d70ba610cd9f1f1927049414b582', fromBlock: 81028558 }),
  tracker(POLYGON, '0xc096362fa6f4a4b1a9ea68b1043416f3381ce300', 81028655, 'native'),
  tracker(POLYGON, '0x1521918961bdbc9ed4c67a7103d5999e4130e6cb', 81028765, OLAS[POLYGON]),
  tracker(POLYGON, NVM_POLYGON, 81724578, credits(NVM_POLYGON)),
  single(
    POLYGON,
    'balance-tracker',
    { address: '0x5c50ebc17d002a4484585c8fbf62f51953493c0b', fromBlock: 81888996, asset: USDC[POLYGON] },
    FEES,
  ),
  registry(POLYGON, '0xe3607b00e75f6405248323a9417ff6b39b244b50', 41783952),
  staking(POLYGON, '0x46c0d07f55d4f9b5eed2fc9680b5953e5fd7b461', 62213142),

  // The address of the marketplace here is that of the staking factory on Polygon: deployments go by chain and address.
  {
    chain: OPTIMISM,
    role: 'mech-marketplace',
    address: '0x46c0d07f55d4f9b5eed2fc9680b5953e5fd7b461',
    fromBlock: 145788454,
    verified: true,
    source: `${MECH_REGISTRY}; ${OPTIMISM_MARKET}`,
  },
  tracker(OPTIMISM, '0x4cd816ce806ff1003ee459158a093f02abf042a8', 145788503, 'native'),
  tracker(OPTIMISM, '0x70a0d93fb0db6eaab871ab0a3be279dca37a2bcf', 145788564, OLAS[OPTIMISM]),
  single(
    OPTIMISM,
    'balance-tracker',
    { address: NVM_OPTIMISM, fromBlock: 146485258, asset: credits(NVM_OPTIMISM) },
    FEES,
  ),
  {
    chain: OPTIMISM,
    role: 'service-registry',
    address: '0x3d77596beb0f130a4415df3d2d8232b3d3d31e44',
    fromBlock: 116423401,
    verified: true,
    source: `${OPTIMISM_MARKET}; serviceRegistryAddress of globals_optimism_mainnet.json in ai-registry-mech @1622b16b`,
  },
  staking(OPTIMISM, '0xa45e64d13a30a51b91ae0eb182e88a40e9b18ed8', 124618633),
]

export const olasAssets: readonly DeclaredAsset[] = [
  // The native currency of Gnosis is bridged DAI, which is redeemed at one US dollar.
  { chain: GNOSIS, asset: 'native', symbol: 'xDAI', decimals: 18, peg: 'USD' },
  { chain: BASE, asset: 'native', symbol: 'ETH', decimals: 18 },
  { chain: POLYGON, asset: 'native', symbol: 'POL', decimals: 18 },
  { chain: OPTIMISM, asset: 'native', symbol: 'ETH', decimals: 18 },
  ...Object.entries(OLAS).map(([chain, asset]) => ({ chain, asset, symbol: 'OLAS', decimals: 18 })),
  ...Object.entries(USDC).map(([chain, asset]) => ({ chain, asset, symbol: 'USDC', decimals: 6, peg: 'USD' as const })),
]

import type { DeclaredAsset, DeclaredProgramme, Deployment } from './protocol.ts'

const ETHEREUM = 'eip155:1'
const OPTIMISM = 'eip155:10'
const BSC = 'eip155:56'
const POLYGON = 'eip155:137'
const ENERGY_WEB = 'eip155:246'
const MOONRIVER = 'eip155:1285'
const BASE = 'eip155:8453'
const SAPPHIRE = 'eip155:23294'

/** One block for all contracts of a chain: the one from which the publisher says to read. */
const PACKAGE = '@oceanprotocol/contracts 2.6.0, addresses/address.json'
const BOTH = `oceanprotocol/contracts @1c779f90, addresses/address.json; ${PACKAGE}`

const OCEAN = {
  [ETHEREUM]: '0x967da4048cd07ab37855c090aaf366e4ce1b9f48',
  [POLYGON]: '0x282d8efce846a88b159800bd4130ad77443fa1a1',
  [SAPPHIRE]: '0x39d22b78a7651a76ffbde2aaab5fd92666aca520',
  [OPTIMISM]: '0x2561aa2bb1d2eb6629edd7b0938d7679b8b49f9e',
  [BSC]: '0xdce07662ca8ebc241316a15b611c89711414dd1a',
  [ENERGY_WEB]: '0x593122aae80a6fc3183b2ac0c4ab3336debee528',
  [MOONRIVER]: '0x99c409e5f62e4bd2ac142f17cafb6810b8f0baae',
} as const

type Role = 'erc721-factory' | 'fixed-rate' | 'dispenser' | 'df-rewards' | 'escrow'

function on(chain: string, fromBlock: number, contracts: readonly (readonly [Role, string, string])[]): Deployment[] {
  return contracts.map(([role, address, source]) => ({
    chain,
    role,
    address,
    fromBlock,
    // Feeds pay out the token they are staked in, which on Sapphire is OCEAN; their payouts do not name it.
    ...(chain === SAPPHIRE && role === 'erc721-factory' ? { asset: OCEAN[SAPPHIRE] } : {}),
    verified: source === BOTH,
    source,
  }))
}

export const oceanDeployments: readonly Deployment[] = [
  ...on(ETHEREUM, 14907021, [
    ['erc721-factory', '0x1706df1f2d93558d1d77bed49ccdb8b88fafc306', BOTH],
    ['fixed-rate', '0xfa48673a7c36a2a768f89ac1ee8c355d5c367b02', BOTH],
    ['dispenser', '0x8ba04715b1b210f710426b21a29887eed4ea6751', BOTH],
    ['df-rewards', '0xfe27534ea0c016634b2daa97ae3ef43fee71eeb0', BOTH],
    ['escrow', '0xc98c71a9efef2a940c73b7986f1d8469f1815f94', BOTH],
    ['escrow', '0x2213febd4e681633be255afcefbd233ebcfc33c9', PACKAGE],
  ]),
  ...on(POLYGON, 28443969, [
    ['erc721-factory', '0x6fd867e5aee6d62a24f97939db90c4e67a73a651', BOTH],
    ['fixed-rate', '0xb28ab1aade4c75f8cf013136fc0c290aeaea9ba6', BOTH],
    ['dispenser', '0x257fe2e49530a4b7fc3ed597465e2931db3f20b7', BOTH],
    ['df-rewards', '0x0cea7da063ea910d6904299b5a29a8b68dbc1947', BOTH],
  ]),
  ...on(SAPPHIRE, 905232, [
    ['erc721-factory', '0x80e63f73cac60c1662f27d2dfd2ea834acddbaa8', BOTH],
    ['fixed-rate', '0xf26c6c93f9f1d725e149d95f8e7b2334a406ad10', BOTH],
    ['dispenser', '0x2112eb973af1dbf83a4f11eda82f7a7527d7fde5', PACKAGE],
    ['df-rewards', '0xc37f8341ac6e4a94538302bcd4d49cf0852d30c0', BOTH],
    ['escrow', '0x0ee8b03dafc868a0899ebe1c12d734d53a957250', PACKAGE],
  ]),
  ...on(OPTIMISM, 112181681, [
    ['erc721-factory', '0x80e63f73cac60c1662f27d2dfd2ea834acddbaa8', BOTH],
    ['fixed-rate', '0xdbda486d8fe29f75e9ca858f438b380fc14b1232', BOTH],
    ['dispenser', '0x2112eb973af1dbf83a4f11eda82f7a7527d7fde5', PACKAGE],
    ['escrow', '0x4dd281eb67ded07e76e413df16176d66ae69e240', BOTH],
    ['escrow', '0xfe7967a5176fdafa8de109b3507016b885a82d6e', PACKAGE],
  ]),
  ...on(BASE, 30562198, [
    ['erc721-factory', '0x159924ca0f47d6f704b97e29099b89e518a17b5e', BOTH],
    ['fixed-rate', '0xc37f8341ac6e4a94538302bcd4d49cf0852d30c0', BOTH],
    ['dispenser', '0xe9397625df9b63f0c152f975234b7988b54710b8', PACKAGE],
    ['escrow', '0x43ec0a34e1b70c7f8e579ab866f37642777727e7', BOTH],
  ]),
  ...on(BSC, 18407552, [
    ['erc721-factory', '0xbfbc7a21133b4e0e54a182be8d4337a5e036a615', BOTH],
    ['fixed-rate', '0x8ba04715b1b210f710426b21a29887eed4ea6751', BOTH],
    ['dispenser', '0x042bfbd88c3998282153088604207b2aef045b43', PACKAGE],
    ['df-rewards', '0x0cea7da063ea910d6904299b5a29a8b68dbc1947', PACKAGE],
  ]),
  ...on(ENERGY_WEB, 18264850, [
    ['erc721-factory', '0x4dd281eb67ded07e76e413df16176d66ae69e240', PACKAGE],
    ['fixed-rate', '0xe9397625df9b63f0c152f975234b7988b54710b8', PACKAGE],
    ['dispenser', '0x042d709b72b437d7d387f2679bd4ac060e561c9f', PACKAGE],
    ['df-rewards', '0x0cea7da063ea910d6904299b5a29a8b68dbc1947', PACKAGE],
  ]),
  ...on(MOONRIVER, 1960563, [
    ['erc721-factory', '0x86f2bb9f8f18b5a836b342199a3ec89f282e4018', PACKAGE],
    ['fixed-rate', '0x8389bc1306208488d665f939afb4079adf6f5a06', PACKAGE],
    ['dispenser', '0x0ee8b03dafc868a0899ebe1c12d734d53a957250', PACKAGE],
    ['df-rewards', '0x0cea7da063ea910d6904299b5a29a8b68dbc1947', PACKAGE],
  ]),
]

/** Base has no OCEAN: its nodes are paid in other tokens. Dollars are Circle's USDC, and on Polygon the bridged one too. */
export const oceanAssets: readonly DeclaredAsset[] = [
  ...Object.entries(OCEAN).map(([chain, asset]) => ({ chain, asset, symbol: 'OCEAN', decimals: 18 })),
  ...(
    [
      [ETHEREUM, '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48', 'USDC'],
      [POLYGON, '0x3c499c542cef5e3811e1192ce70d8cc03d5c3359', 'USDC'],
      [POLYGON, '0x2791bca1f2de4661ed88a30c99a7a9449aa84174', 'USDC.e'],
      [OPTIMISM, '0x0b2c639c533813f4aa9d7837caf62653d097ff85', 'USDC'],
      [BASE, '0x833589fcd6edb6e08f4c7c32d4f71b54bda02913', 'USDC'],
    ] as const
  ).map(([chain, asset, symbol]) => ({ chain, asset, symbol, decimals: 6, peg: 'USD' as const })),
]

/** PredictoorHelper, from PACKAGE: it orders feeds for whoever calls it. */
export const FEED_HELPER = `${SAPPHIRE}:0xe9397625df9b63f0c152f975234b7988b54710b8`

/**
 * Whether the foundation itself consumes: its buyer of prediction feeds, named in oceanprotocol/pdr-backend @16470d48,
 * pdr_backend/util/constants_opf_addrs.py.
 */
export function isOperatorTest(chain: string, consumer: string): boolean {
  return chain === SAPPHIRE && consumer === '0x2433e002ed10b5d6a3d8d1e0c5d2083be9e37f1d'
}

export const DATA_FARMING = 'data-farming'
export const PREDICTOOR = 'predictoor'

const MULTIPLIER =
  'https://github.com/oceanprotocol/df-py/blob/96a246f29e1eb7bed87b2b57aaa0c5d6f107c490/df_py/util/dcv_multiplier.py'
/** An asset is rewarded at most this multiple of its consume volume in the week. */
const METRIC = 'multiplier of consume volume'

/** The Thursday, 00:00 UTC, on which week n of Data Farming begins; n counts from 5. */
function weekOf(n: number): string {
  return new Date(Date.UTC(2022, 8, 29) + (n - 5) * 7 * 86_400_000).toISOString().slice(0, 10)
}

/** From week 9 to week 28 the multiplier falls by 0.0485 a week. */
const falling = Array.from({ length: 20 }, (_, i) => ({
  metric: METRIC,
  value: ((10_000 - 485 * i) / 10_000).toFixed(4),
  from: weekOf(9 + i),
  to: weekOf(10 + i),
}))

export const oceanProgrammes: readonly DeclaredProgramme[] = [
  {
    chain: null,
    programme: DATA_FARMING,
    counted: 'value',
    url: MULTIPLIER,
    rates: [
      { metric: METRIC, value: null, from: weekOf(5), to: weekOf(9) },
      ...falling,
      { metric: METRIC, value: '0.001', from: weekOf(29), to: null },
      { metric: `${METRIC}, prediction feeds`, value: '0.201', from: weekOf(5), to: weekOf(82) },
      { metric: `${METRIC}, prediction feeds`, value: '1.005', from: weekOf(82), to: null },
    ],
  },
  {
    chain: SAPPHIRE,
    programme: PREDICTOOR,
    counted: null,
    url: 'https://github.com/oceanprotocol/contracts/blob/1c779f9086d296c2c295a5b4e7c05767ba409e59/contracts/templates/ERC20Template3.sol',
  },
]

// A network of your own: a grants round whose contract forwards each donation and logs it.
// The whole adapter is this file; hand it to the CLI as `--protocol examples/grants-round.ts`.
import { parseAbi } from 'viem'
import { defineProtocol, paidUsage } from 'washboard'

const chain = 'eip155:1'
const token = (asset: string, symbol: string, decimals = 18) => ({ chain, asset, symbol, decimals })
const dollar = (asset: string, symbol: string, decimals = 18) => ({
  ...token(asset, symbol, decimals),
  peg: 'USD' as const,
})

export default defineProtocol({
  id: 'grants-round',
  title: 'A grants round on Ethereum, June 2020',
  version: 1,
  contracts: {
    checkout: parseAbi([
      'event DonationSent(address indexed token, uint256 indexed amount, address dest, address indexed donor)',
    ]),
  },
  deployments: [
    {
      chain,
      role: 'checkout',
      address: '0x7d655c57f71464b6f83811c55d84009cd9f5221c',
      fromBlock: 10245999,
      verified: true,
      source: 'the receipt of its creation',
    },
  ],
  assets: [
    dollar('0x6b175474e89094c44da98b954eedeac495271d0f', 'DAI'),
    dollar('0x89d24a6b4ccb1b6faa2625fe562bdd9a23260359', 'SAI'),
    dollar('0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48', 'USDC', 6),
    dollar('0xdac17f958d2ee523a2206206994597c13d831ec7', 'USDT', 6),
    token('native', 'ETH'),
  ],
  metric: { statuses: ['settled'], time: 'settled_at', unitKind: null },
  about: {
    row: 'One donation to one grant.',
    consumer: 'The donor.',
    provider: 'The wallet of the grant.',
    price: 'The amount donated.',
    unavailable: ['Units: a donation buys none.'],
    traps: ['The sender of the transaction can differ from the donor.', 'Native donations settle inside the contract.'],
    references: [],
  },
  decode(transaction) {
    const uses = transaction.logs.map(({ args, logIndex }) => {
      const asset = /^0xe{40}$/.test(args.token) ? 'native' : args.token
      return { logIndex, consumer: args.donor, provider: args.dest, asset, amount: args.amount }
    })
    return paidUsage(transaction, 'grants-round', uses)
  },
})

import { parseAbi } from 'viem'

/**
 * Sells datatokens at a rate that their publisher sets. Source: oceanprotocol/contracts
 * @1c779f9086d296c2c295a5b4e7c05767ba409e59, as built in @oceanprotocol/contracts 2.6.0, FixedRateExchange. Addresses:
 * src/protocols/ocean-deployments.ts.
 */
export const oceanFixedRateExchange = parseAbi([
  'event ExchangeCreated(bytes32 indexed exchangeId, address indexed baseToken, address indexed datatoken, address exchangeOwner, uint256 fixedRate)',
  'event Swapped(bytes32 indexed exchangeId, address indexed by, uint256 baseTokenSwappedAmount, uint256 datatokenSwappedAmount, address tokenOutAddress, uint256 marketFeeAmount, uint256 oceanFeeAmount, uint256 consumeMarketFeeAmount)',
  'event TokenCollected(bytes32 indexed exchangeId, address indexed to, address indexed token, uint256 amount)',
  'event ConsumeMarketFee(bytes32 indexed exchangeId, address to, address token, uint256 amount)',
])

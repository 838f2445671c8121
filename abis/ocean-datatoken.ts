import { parseAbi } from 'viem'

/**
 * A datatoken: one token buys one order. Source: oceanprotocol/contracts @1c779f9086d296c2c295a5b4e7c05767ba409e59, as
 * built in @oceanprotocol/contracts 2.6.0, ERC20Template, ERC20TemplateEnterprise and ERC20Template3 (prediction feeds).
 * Clones: `TokenCreated` of the factory.
 */
export const oceanDatatoken = parseAbi([
  'event Transfer(address indexed from, address indexed to, uint256 value)',
  'event OrderStarted(address indexed consumer, address payer, uint256 amount, uint256 serviceIndex, uint256 timestamp, address indexed publishMarketAddress, uint256 blockNumber)',
  'event OrderReused(bytes32 orderTxId, address caller, uint256 timestamp, uint256 number)',
  'event PublishMarketFee(address indexed PublishMarketFeeAddress, address indexed PublishMarketFeeToken, uint256 PublishMarketFeeAmount)',
  'event ConsumeMarketFee(address indexed consumeMarketFeeAddress, address indexed consumeMarketFeeToken, uint256 consumeMarketFeeAmount)',
  'event ProviderFee(address indexed providerFeeAddress, address indexed providerFeeToken, uint256 providerFeeAmount, bytes providerData, uint8 v, bytes32 r, bytes32 s, uint256 validUntil)',
  'event NewSubscription(address indexed user, uint256 expires, uint256 epoch)',
  'event PredictionPayout(address indexed predictoor, uint256 indexed slot, uint256 stake, uint256 payout, bool predictedValue, bool trueValue, uint256 aggregatedPredictedValue, uint8 status)',
])

import { parseAbi } from 'viem'

/**
 * The marketplace proxy, before and after its upgrade. Source: valory-xyz/ai-registry-mech
 * @53811b7e65fb124cbd65902b0da944d08808d96e, abis/0.8.28/MechMarketplace.json (version 1: requests without data,
 * requesters indexed) and abis/0.8.30/MechMarketplace.json (version 2). Both forms of `MarketplaceDelivery` have one
 * topic0 and differ in the number of topics. The marketplace logs `Deliver` itself where a request was signed off
 * chain. Gnosis: 0x735FAAb1c4Ec41128c367AFb5c3baC73509f70bB. Base: 0xf24eE42edA0fc9b33B7D41B06Ee8ccD2Ef7C5020.
 * Polygon: 0x343F2B005cF6D70bA610CD9F1F1927049414B582. Optimism: 0x46C0D07F55d4F9B5Eed2Fc9680B5953e5fd7b461.
 */
export const olasMechMarketplace = parseAbi([
  'event CreateMech(address indexed mech, uint256 indexed serviceId, address indexed mechFactory)',
  'event MarketplaceRequest(address indexed priorityMech, address indexed requester, uint256 numRequests, bytes32[] requestIds)',
  'event MarketplaceRequest(address indexed priorityMech, address indexed requester, uint256 numRequests, bytes32[] requestIds, bytes[] requestDatas)',
  'event MarketplaceDelivery(address indexed deliveryMech, address[] indexed requesters, uint256 numDeliveries, bytes32[] requestIds, bool[] deliveredRequests)',
  'event MarketplaceDelivery(address indexed deliveryMech, address[] requesters, uint256 numDeliveries, bytes32[] requestIds, bool[] deliveredRequests)',
  'event MarketplaceDeliveryWithSignatures(address indexed deliveryMech, address indexed requester, uint256 numDeliveries, bytes32[] requestIds)',
  'event Deliver(address indexed mech, address indexed mechServiceMultisig, bytes32 requestId, uint256 deliveryRate, bytes data)',
  'event Deliver(address indexed mech, address indexed mechServiceMultisig, bytes32 requestId, uint256 deliveryRate, bytes requestData, bytes deliveryData)',
])

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

// Signatures: @oceanprotocol/contracts 2.6.0. The order of logs is that of its templates, exchange, dispenser and helper.

struct OceanFee {
    address to;
    address token;
    uint256 amount;
}

/// What an exchange takes for one swap; amounts in the base token.
struct OceanSwap {
    bytes32 exchangeId;
    address base;
    uint256 gross;
    uint256 marketFee;
    uint256 oceanFee;
    OceanFee consume;
}

contract OceanFixedRate {
    event ExchangeCreated(
        bytes32 indexed exchangeId,
        address indexed baseToken,
        address indexed datatoken,
        address exchangeOwner,
        uint256 fixedRate
    );
    event Swapped(
        bytes32 indexed exchangeId,
        address indexed by,
        uint256 baseTokenSwappedAmount,
        uint256 datatokenSwappedAmount,
        address tokenOutAddress,
        uint256 marketFeeAmount,
        uint256 oceanFeeAmount,
        uint256 consumeMarketFeeAmount
    );
    event TokenCollected(bytes32 indexed exchangeId, address indexed to, address indexed token, uint256 amount);
    event ConsumeMarketFee(bytes32 indexed exchangeId, address to, address token, uint256 amount);

    function create(bytes32 exchangeId, address base, address datatoken) external {
        emit ExchangeCreated(exchangeId, base, datatoken, msg.sender, 1e18);
    }

    function buyDT(OceanDatatoken datatoken, uint256 amount, OceanSwap calldata swap) external {
        datatoken.mint(msg.sender, amount);
        if (swap.consume.amount > 0)
            emit ConsumeMarketFee(swap.exchangeId, swap.consume.to, swap.base, swap.consume.amount);
        emit Swapped(
            swap.exchangeId,
            msg.sender,
            swap.gross,
            amount,
            address(datatoken),
            swap.marketFee,
            swap.oceanFee,
            swap.consume.amount
        );
    }

    function sellDT(uint256 amount, OceanSwap calldata swap) external {
        emit Swapped(swap.exchangeId, msg.sender, swap.gross, amount, swap.base, swap.marketFee, swap.oceanFee, 0);
    }

    function collect(bytes32 exchangeId, address to, address token, uint256 amount) external {
        emit TokenCollected(exchangeId, to, token, amount);
    }
}

contract OceanDispenser {
    event TokensDispensed(address indexed datatokenAddress, address indexed userAddress, uint256 amount);

    function dispense(OceanDatatoken datatoken, uint256 amount, address to) external {
        datatoken.mint(to, amount);
        emit TokensDispensed(address(datatoken), to, amount);
    }
}

/// Templates 1 and 2, and with a period of subscription, 3.
contract OceanDatatoken {
    event Transfer(address indexed from, address indexed to, uint256 value);
    event OrderStarted(
        address indexed consumer,
        address payer,
        uint256 amount,
        uint256 serviceIndex,
        uint256 timestamp,
        address indexed publishMarketAddress,
        uint256 blockNumber
    );
    event OrderReused(bytes32 orderTxId, address caller, uint256 timestamp, uint256 number);
    event PublishMarketFee(
        address indexed PublishMarketFeeAddress,
        address indexed PublishMarketFeeToken,
        uint256 PublishMarketFeeAmount
    );
    event ConsumeMarketFee(
        address indexed consumeMarketFeeAddress,
        address indexed consumeMarketFeeToken,
        uint256 consumeMarketFeeAmount
    );
    event ProviderFee(
        address indexed providerFeeAddress,
        address indexed providerFeeToken,
        uint256 providerFeeAmount,
        bytes providerData,
        uint8 v,
        bytes32 r,
        bytes32 s,
        uint256 validUntil
    );
    event NewSubscription(address indexed user, uint256 expires, uint256 epoch);
    event PredictionPayout(
        address indexed predictoor,
        uint256 indexed slot,
        uint256 stake,
        uint256 payout,
        bool predictedValue,
        bool trueValue,
        uint256 aggregatedPredictedValue,
        uint8 status
    );

    uint256 constant ONE = 1e18;
    /// Whom datatokens of orders are sent; nobody: they are burnt.
    address public collector;
    uint256 public period;
    OceanFee public publish;

    function init(address collector_, uint256 period_) external {
        collector = collector_;
        period = period_;
    }

    function setPublishFee(OceanFee calldata fee) external {
        publish = fee;
    }

    function mint(address to, uint256 amount) external {
        emit Transfer(address(0), to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) external {
        emit Transfer(from, to, amount);
    }

    function startOrder(address consumer, OceanFee memory consume, OceanFee memory provider) public {
        emit OrderStarted(consumer, msg.sender, ONE, 0, block.timestamp, publish.to, block.number);
        if (publish.amount > 0) emit PublishMarketFee(publish.to, publish.token, publish.amount);
        if (consume.amount > 0) emit ConsumeMarketFee(consume.to, consume.token, consume.amount);
        if (period > 0) {
            uint256 epoch = (block.timestamp / 300) * 300;
            emit NewSubscription(consumer, epoch + period, epoch);
        } else logProviderFee(provider);
        if (collector == address(0)) emit Transfer(msg.sender, address(0), ONE);
        else {
            emit Transfer(msg.sender, collector, ONE - ONE / 100);
            emit Transfer(msg.sender, address(0xfee), ONE / 100);
        }
    }

    function reuseOrder(bytes32 orderTxId, OceanFee calldata provider) external {
        emit OrderReused(orderTxId, msg.sender, block.timestamp, block.number);
        logProviderFee(provider);
    }

    /// `paid` nobody: an early template, which leaves the money in the exchange until it is collected.
    function buyFromFreAndOrder(
        address consumer,
        OceanFixedRate exchange,
        OceanSwap calldata swap,
        address paid,
        OceanFee calldata consume,
        OceanFee calldata provider
    ) external {
        exchange.buyDT(this, ONE, swap);
        if (paid != address(0)) exchange.collect(swap.exchangeId, paid, swap.base, swap.gross);
        emit Transfer(address(this), msg.sender, ONE);
        startOrder(consumer, consume, provider);
    }

    function buyFromDispenserAndOrder(address consumer, OceanDispenser dispenser, OceanFee calldata provider) external {
        dispenser.dispense(this, ONE, msg.sender);
        startOrder(consumer, OceanFee(address(0), address(0), 0), provider);
    }

    function payout(address predictoor, uint256 slot, uint256 stake, uint256 amount) external {
        emit PredictionPayout(predictoor, slot, stake, amount, true, amount > stake, ONE / 2, 1);
    }

    function logProviderFee(OceanFee memory fee) internal {
        emit ProviderFee(fee.to, fee.token, fee.amount, '', 27, 0, 0, 0);
    }
}

contract OceanDataNft {
    event Transfer(address indexed from, address indexed to, uint256 indexed tokenId);

    function init(address owner) external {
        emit Transfer(address(0), owner, 1);
    }

    function transferFrom(address from, address to) external {
        emit Transfer(from, to, 1);
    }
}

/// Both kinds of token are minimal proxies (EIP-1167) of templates.
contract OceanFactory {
    event NFTCreated(
        address newTokenAddress,
        address indexed templateAddress,
        string tokenName,
        address indexed admin,
        string symbol,
        string tokenURI,
        bool transferable,
        address indexed creator
    );
    event TokenCreated(
        address indexed newTokenAddress,
        address indexed templateAddress,
        string name,
        string symbol,
        uint256 cap,
        address creator
    );

    function createNftWithErc20(
        address nftTemplate,
        address template,
        address owner,
        address collector,
        uint256 period
    ) external {
        OceanDataNft nft = OceanDataNft(clone(nftTemplate));
        nft.init(owner);
        emit NFTCreated(address(nft), nftTemplate, 'NFT', owner, 'N', '', true, msg.sender);
        OceanDatatoken datatoken = OceanDatatoken(clone(template));
        emit TokenCreated(address(datatoken), template, 'Datatoken', 'DT', 1e24, address(nft));
        datatoken.init(collector, period);
    }

    function startMultipleTokenOrder(OceanDatatoken[] calldata datatokens, address consumer) external {
        OceanFee memory none;
        for (uint256 i = 0; i < datatokens.length; i++) {
            datatokens[i].transferFrom(msg.sender, address(this), 1e18);
            datatokens[i].startOrder(consumer, none, none);
        }
    }

    function reuseMultipleTokenOrder(OceanDatatoken datatoken, bytes32 orderTxId, OceanFee calldata fee) external {
        datatoken.reuseOrder(orderTxId, fee);
    }

    function clone(address template) internal returns (address made) {
        bytes memory code = abi.encodePacked(
            hex'3d602d80600a3d3981f3363d3d373d3d3d363d73',
            template,
            hex'5af43d82803e903d91602b57fd5bf3'
        );
        assembly {
            made := create(0, add(code, 32), mload(code))
        }
    }
}

contract OceanHelper {
    function consumeMultiple(
        OceanDatatoken feed,
        uint256 times,
        OceanFixedRate exchange,
        OceanSwap calldata swap
    ) external {
        OceanFee memory none;
        for (uint256 i = 0; i < times; i++)
            feed.buyFromFreAndOrder(msg.sender, exchange, swap, address(feed), none, none);
    }
}

/// A multisig that batches calls.
contract OceanSafe {
    event ExecutionSuccess(bytes32 txHash, uint256 payment);

    function execute(address[] calldata targets, bytes[] calldata datas) external {
        for (uint256 i = 0; i < targets.length; i++) {
            (bool done, ) = targets[i].call(datas[i]);
            require(done);
        }
        emit ExecutionSuccess(bytes32(0), 0);
    }
}

contract OceanDfRewards {
    event Allocated(address[] tos, uint256[] values, address tokenAddress);
    event Claimed(address to, uint256 value, address tokenAddress);

    function allocate(address[] calldata tos, uint256[] calldata values, address token) external {
        emit Allocated(tos, values, token);
    }

    function claim(address to, uint256 value, address token) external {
        emit Claimed(to, value, token);
    }
}

contract OceanEscrow {
    event Lock(address payer, address payee, uint256 jobId, uint256 amount, uint256 expiry, address token);
    event Claimed(
        address indexed payee,
        uint256 jobId,
        address token,
        address indexed payer,
        uint256 amount,
        bytes proof
    );
    event Canceled(address indexed payee, uint256 jobId, address token, address indexed payer, uint256 amount);

    function lock(address payer, address payee, uint256[] calldata jobIds, uint256 amount, address token) external {
        for (uint256 i = 0; i < jobIds.length; i++) emit Lock(payer, payee, jobIds[i], amount, 3600, token);
    }

    function claim(address payer, address payee, uint256 jobId, uint256 amount, address token) external {
        emit Claimed(payee, jobId, token, payer, amount, hex'01');
    }

    function cancel(address payer, address payee, uint256 jobId, uint256 amount, address token) external {
        emit Canceled(payee, jobId, token, payer, amount);
    }
}

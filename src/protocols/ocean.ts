import {
  addUse,
  type OceanLog,
  type OceanRows,
  type OceanTransaction,
  oceanContracts,
  oceanPlace,
} from './ocean-contracts.ts'
import { DATA_FARMING, oceanAssets, oceanDeployments, oceanProgrammes, PREDICTOOR } from './ocean-deployments.ts'
import { decodeOrders } from './ocean-orders.ts'
import { defineProtocol, type UnsourcedFacts } from './protocol.ts'

const NOBODY = `0x${'0'.repeat(40)}`

/** Ocean: access to data and models by datatoken, subscriptions to prediction feeds, and compute jobs paid in escrow. */
export const ocean = defineProtocol({
  id: 'ocean',
  title: 'Ocean Protocol',
  version: 1,
  contracts: oceanContracts,
  deployments: oceanDeployments,
  discoveries: [
    { role: 'erc721-factory', event: 'NFTCreated', argument: 'newTokenAddress', as: 'data-nft' },
    { role: 'erc721-factory', event: 'TokenCreated', argument: 'newTokenAddress', as: 'datatoken' },
    { role: 'fixed-rate', event: 'ExchangeCreated', argument: 'exchangeId', as: 'exchange', asset: 'baseToken' },
  ],
  assets: oceanAssets,
  programmes: oceanProgrammes,
  // The subgraph counts orders, which are paid when they are made, and not reuses.
  metric: { statuses: ['settled'], time: 'settled_at', unitKind: null },
  about: {
    row: 'One order: one datatoken for one use of an asset, or a subscription to a feed; or one compute job in escrow.',
    consumer: 'The consumer that the order names; its payer stands in the legs. Of a compute job, the payer.',
    provider:
      'The datatoken, of which an asset has one a service; who is sent its money stands in the legs. Of a job, the node.',
    price:
      'What the swap at the fixed-rate exchange in the same transaction took, fees included; without one, the datatoken itself. ' +
      'Fees of markets and providers are legs of their own.',
    unavailable: [
      'The price of an order whose datatoken was bought in an earlier transaction, or given by its publisher.',
      'Who receives the community fee and the fee of the publishing market in a swap, and what of a job goes to the community.',
      'Who is paid by a swap whose money stays in the exchange until its owner collects it.',
      'What a datatoken that is burnt earns its publisher, other than by the swap.',
      'Which assets a reward of Data Farming was for: it is computed off chain and allocated by wallet.',
      'Stakes on predictions: they are supply, not usage. Payouts are rewards, less the stake; lost stakes are not there.',
    ],
    traps: [
      'Consumer, payer and sender of the transaction can be three; the factory and the helper of feeds pay for many.',
      'An order can be free: a publisher mints datatokens at will, and a dispenser gives them away, which a subsidy leg says.',
      'A reuse pays for nothing but the provider, and the chain checks neither which order it names nor who calls.',
      'One consumer can order the same asset several times in one transaction.',
      'Anyone can allocate any token at the rewards contract; only declared assets have value.',
      'What is claimed of Data Farming was allocated before, so that claims are not read.',
      'The foundation buys every feed each day; its orders have class operator-test.',
      'Data Farming runs in weeks from Thursday 00:00 UTC, over the usage of several chains.',
      'Jobs in escrow: what is claimed can be less than was locked, and a claim that comes too late cancels the job.',
    ],
    references: [
      { title: 'Contracts', url: 'https://github.com/oceanprotocol/contracts' },
      { title: 'Data Farming', url: 'https://github.com/oceanprotocol/df-py' },
      { title: 'Predictoor', url: 'https://github.com/oceanprotocol/pdr-backend' },
    ],
  },
  decode,
})

function decode(transaction: OceanTransaction): UnsourcedFacts {
  const rows: OceanRows = { usage_events: [], payments: [], rewards: [], links: [] }
  decodeOrders(transaction, rows)
  for (const log of transaction.logs) {
    if (log.role === 'escrow') decodeJob(transaction, log, rows)
    else if (log.role === 'df-rewards') decodeAllocation(transaction, log, rows)
    else if (log.role === 'datatoken' && log.eventName === 'PredictionPayout') decodePayout(transaction, log, rows)
    else if (log.role === 'data-nft' || log.role === 'erc721-factory') decodeOwner(transaction, log, rows)
  }
  return rows
}

/** A node locks what a job may cost, then claims what it did; what is left, or too late, stays the payer's. */
function decodeJob(transaction: OceanTransaction, log: OceanLog<'escrow'>, rows: OceanRows): void {
  const { payer, payee, jobId, token: asset, amount } = log.args
  const use = {
    usage_id: [log.address, payer, payee, jobId].join(':'),
    consumer: payer,
    provider: payee,
    service: null,
  }
  const leg = { from: payer, to: log.address, asset, amount }
  if (log.eventName === 'Lock') {
    addUse(transaction, log, { ...use, kind: 'funded', legs: [{ ...leg, kind: 'principal' }] }, rows)
  } else if (log.eventName === 'Claimed') {
    addUse(transaction, log, { ...use, kind: 'settled', legs: [{ ...leg, kind: 'price', to: payee }] }, rows)
  } else {
    const legs = [{ ...leg, kind: 'refund' as const, from: log.address, to: payer }]
    addUse(transaction, log, { ...use, kind: 'refunded', legs }, rows)
  }
}

function decodeAllocation(transaction: OceanTransaction, log: OceanLog<'df-rewards'>, rows: OceanRows): void {
  const { tos, values, tokenAddress } = log.args
  tos.forEach((recipient, sub) => {
    if (values[sub] === 0n) return
    rows.rewards.push({
      ...oceanPlace(transaction, log, sub),
      protocol: 'ocean',
      programme: DATA_FARMING,
      recipient,
      subject: recipient,
      asset: tokenAddress,
      amount: values[sub] ?? null,
      epoch: null,
      basis: 'allocated',
    })
  })
}

type PayoutLog = Extract<OceanLog<'datatoken'>, { readonly eventName: 'PredictionPayout' }>

/** Who predicted wrongly is paid nothing, and in a cancelled round the stake: neither is a reward. */
function decodePayout(transaction: OceanTransaction, log: PayoutLog, rows: OceanRows): void {
  const { predictoor, slot, stake, payout } = log.args
  if (payout <= stake) return
  rows.rewards.push({
    ...oceanPlace(transaction, log),
    protocol: 'ocean',
    programme: PREDICTOOR,
    recipient: predictoor,
    subject: predictoor,
    asset: log.deployment.asset ?? null,
    amount: payout - stake,
    epoch: slot.toString(),
    basis: 'payout less stake',
  })
}

/** A datatoken belongs to its data NFT, and the NFT to its holder. A link that ends is a row of its own. */
function decodeOwner(
  { chain, blockNumber }: OceanTransaction,
  log: OceanLog<'data-nft'> | OceanLog<'erc721-factory'>,
  { links }: OceanRows,
): void {
  const link = { chain, kind: 'owner' as const, from_block: blockNumber, to_block: null }
  if (log.eventName === 'TokenCreated') {
    links.push({ ...link, subject: log.args.newTokenAddress, object: log.args.creator })
  } else if (log.eventName === 'Transfer') {
    const { from, to } = log.args
    if (from !== NOBODY)
      links.push({ ...link, subject: log.address, object: from, from_block: null, to_block: blockNumber })
    if (to !== NOBODY) links.push({ ...link, subject: log.address, object: to })
  }
}

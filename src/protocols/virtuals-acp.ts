import { keccak256, toHex } from 'viem'
import { defineProtocol, type UnsourcedFacts } from './protocol.ts'
import { decodeCommerce } from './virtuals-acp-commerce.ts'
import { type AcpRows, type AcpTransaction, virtualsContracts } from './virtuals-acp-contracts.ts'
import { virtualsAssets, virtualsDeployments, virtualsLabels, virtualsProgrammes } from './virtuals-acp-deployments.ts'
import { decodeJobs } from './virtuals-acp-jobs.ts'

/** The router announces its modules by a text that only its hash is logged of. */
const moduleNamed = (name: string, as: string) =>
  ({
    role: 'router',
    event: 'ModuleUpdated',
    argument: 'newModule',
    as,
    where: { argument: 'moduleType', equals: keccak256(toHex(name)) },
  }) as const

/** Jobs between AI agents on the Agent Commerce Protocol of Virtuals, all three generations of it. */
export const virtualsAcp = defineProtocol({
  id: 'virtuals-acp',
  title: 'Virtuals Agent Commerce Protocol',
  version: 1,
  contracts: virtualsContracts,
  deployments: virtualsDeployments,
  discoveries: [
    moduleNamed('job', 'job-manager'),
    moduleNamed('memo', 'memo-manager'),
    moduleNamed('payment', 'payment-manager'),
  ],
  assets: virtualsAssets,
  programmes: virtualsProgrammes,
  labels: virtualsLabels,
  metric: { statuses: ['settled'], time: 'settled_at', unitKind: null },
  about: {
    row: 'One job: asked for, priced, funded into escrow, delivered, and paid out or refunded. Ids name the generation.',
    consumer: 'The client, as a rule a smart account; the sender of the transaction is a bundler.',
    provider: 'The provider of the job, which in the third generation may be named after the job is opened.',
    price: 'The budget set last before the job is funded. What the provider gets is net of fees, and stands apart.',
    unavailable: [
      'The fees of a node’s logs: those of the platform, and in the second generation of the evaluator, have none. They are price less net; files that hold whole transactions show them as transfers.',
      'The token of first-generation prices that name none: the contract’s default, which an owner can change.',
      'Dates of the leaderboard’s epochs: sources disagree on their length. Import windows and rewards from its API.',
      'Purchases for graduation that name no listed evaluator: nothing tells a test buyer from a customer.',
      'What a job of the third generation asks for: the chain does not hold it, so leaderboard entries are not known.',
      'Fees on payable memos, deferred fees and their refunds, and transfers across chains.',
      'Rewards: the pools are paid outside these contracts.',
    ],
    traps: [
      'The network’s own aGDP adds principal that only passes through; here it is principal and never price.',
      'Principal that was escrowed and given back moved nothing, and has no row.',
      'A payout could once be made twice (2026-03-02, job v2:1002573889, its budget borrowed for one transaction): the second in a transaction is rejected; one in a later transaction is not seen to be above the budget.',
      'Jobs paid by x402 can name another token when they are made than the one they are paid in.',
      'Evaluator and client are mostly one wallet, which then gets its fee back: a circle costs the platform’s part.',
      'Whoever joins a trading contest buys join_leaderboard once: many unrelated buyers of one provider, by rule.',
      'A delivery of the hash of nothing, 0xc5d24601…, is a delivery of no work.',
      'Volume fell by 97 % from 2026-03-22 to 23, which is consistent with the end of an incentive epoch.',
      'A share of buyers is funded by the platform’s own wallets, so that a common funder proves nothing.',
    ],
    references: [
      { title: 'Contracts', url: 'https://github.com/Virtual-Protocol/agent-commerce-protocol' },
      { title: 'Client of the first two generations', url: 'https://github.com/Virtual-Protocol/acp-node' },
      { title: 'Client of the third generation', url: 'https://github.com/Virtual-Protocol/acp-node-v2' },
      { title: 'Whitepaper', url: 'https://whitepaper.virtuals.io' },
    ],
  },
  decode,
})

function decode(transaction: AcpTransaction): UnsourcedFacts {
  const rows: AcpRows = { usage_events: [], payments: [], rejects: [] }
  for (const log of transaction.logs) {
    if (log.role === 'commerce' || log.role === 'fund-hook') decodeCommerce(transaction, log, rows)
    else decodeJobs(transaction, log, rows)
  }
  return rows
}

import { type OlasLog, type OlasRows, type OlasTransaction, placeOf } from './olas-contracts.ts'
import { decodeStaked, serviceActor } from './olas-links.ts'
import { programmeId, type StakingTerms, stakingTerms, targetOf } from './olas-programmes.ts'

/** Stakes, rewards and checkpoint windows of a staking programme. */
export function decodeStaking(transaction: OlasTransaction, log: OlasLog<'staking'>, rows: OlasRows): void {
  switch (log.eventName) {
    case 'ServiceStaked':
      decodeStaked(transaction, log.args, rows)
      break
    case 'Checkpoint':
      decodeCheckpoint(transaction, log, rows)
      break
    case 'RewardClaimed':
    case 'ServiceUnstaked':
      decodeReward(transaction, log, rows)
  }
}

type RewardLog = Extract<OlasLog<'staking'>, { readonly eventName: 'RewardClaimed' | 'ServiceUnstaked' }>

/**
 * A reward goes to the multisig of the service that earned it. Version 0.3.0 splits it among receivers, and logs it as
 * a claim when a service leaves; a service forced out forfeits it.
 */
function decodeReward(transaction: OlasTransaction, log: RewardLog, rows: OlasRows): void {
  paidBy(log).forEach(([recipient, amount], sub) => {
    // A service that leaves without a reward is logged all the same.
    if (amount === 0n) return
    rows.rewards.push({
      ...placeOf(transaction, log, sub),
      protocol: 'olas-mech',
      programme: programmeId(transaction.chain, log.address),
      recipient,
      subject: log.args.multisig,
      asset: log.deployment.asset ?? null,
      amount,
      epoch: log.args.epoch.toString(),
      basis: null,
    })
  })
}

function paidBy({ args }: RewardLog): readonly (readonly [string, bigint])[] {
  if ('receivers' in args) return args.receivers.map((receiver, i) => [receiver, args.rewardAmounts[i] ?? 0n])
  return 'reward' in args ? [[args.multisig, args.reward]] : []
}

type CheckpointLog = Extract<OlasLog<'staking'>, { readonly eventName: 'Checkpoint' }>

/**
 * A checkpoint ends a window of every staked service: it names those that passed, and the same transaction warns or
 * evicts the rest. It names no counts, which lie in the activity checker.
 */
function decodeCheckpoint(transaction: OlasTransaction, log: CheckpointLog, rows: OlasRows): void {
  const { serviceIds, rewards, epochLength } = log.args
  const programme = programmeId(transaction.chain, log.address)
  const terms = stakingTerms.get(programme)
  const passed = serviceIds.map((id, i) => [id, rewards[i] ?? null] as const)
  for (const [id, reward] of [...passed, ...missedIn(transaction, log.address).map((id) => [id, 0n] as const)]) {
    const seconds = secondsOf(epochLength, reward, terms)
    rows.windows.push({
      protocol: 'olas-mech',
      programme,
      subject: serviceActor(transaction.chain, id),
      from_time: Math.max(0, transaction.timestamp - Number(seconds) * 1000),
      to_time: transaction.timestamp,
      counted: null,
      target: terms === undefined || terms.counted === null ? null : targetOf(terms, seconds),
      reward,
    })
  }
}

/** Services that did not pass at this checkpoint. */
function missedIn(transaction: OlasTransaction, address: string): readonly bigint[] {
  return transaction.logs.flatMap((log) => {
    if (log.role !== 'staking' || log.address !== address) return []
    if (log.eventName === 'ServiceInactivityWarning') return [log.args.serviceId]
    return log.eventName === 'ServicesEvicted' ? log.args.serviceIds : []
  })
}

/**
 * The window of a service that was staked after the last checkpoint is shorter, and its reward, which is paid by the
 * second, says by how much. Not so where the pot was too small for all: then it is no multiple of the rate.
 */
function secondsOf(epochLength: bigint, reward: bigint | null, terms: StakingTerms | undefined): bigint {
  if (terms === undefined || !reward || reward % terms.rewardsPerSecond !== 0n) return epochLength
  const seconds = reward / terms.rewardsPerSecond
  return seconds < epochLength ? seconds : epochLength
}

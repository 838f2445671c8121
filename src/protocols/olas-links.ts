import type { Link } from '../records/context.ts'
import type { OlasLog, OlasRows, OlasTransaction } from './olas-contracts.ts'
import { programmeId, stakingContracts } from './olas-programmes.ts'

const NOBODY = `0x${'0'.repeat(40)}`

/**
 * A service as a party of links: its multisigs and mechs belong to it, and it belongs to the holder of its token. No
 * single transaction names both ends, so that the service joins them.
 */
export function serviceActor(chain: string, serviceId: bigint): string {
  return `olas-service:${chain}:${serviceId}`
}

/** Who holds, operates and signs for a service, as its registry says. */
export function decodeRegistry(transaction: OlasTransaction, log: OlasLog<'service-registry'>, rows: OlasRows): void {
  const link = linker(transaction, rows)
  switch (log.eventName) {
    case 'CreateMultisigWithAgents':
      link(log.args.multisig, service(transaction, log.args.serviceId), 'owner')
      break
    case 'RegisterInstance':
      link(service(transaction, log.args.serviceId), log.args.operator, 'operator')
      link(service(transaction, log.args.serviceId), log.args.agentInstance, 'signer')
      break
    case 'OperatorUnbond':
      link(service(transaction, log.args.serviceId), log.args.operator, 'operator', 'ends')
      break
    case 'Transfer':
      decodeTransfer(transaction, log.args, link)
  }
}

/** A token that is staked or comes back changes hands, not owners: the staking contract holds it for many. */
function decodeTransfer(
  transaction: OlasTransaction,
  { from, to, id }: { readonly from: string; readonly to: string; readonly id: bigint },
  link: ReturnType<typeof linker>,
): void {
  const custody = (address: string) =>
    transaction.find(address)?.role === 'staking' || stakingContracts.has(programmeId(transaction.chain, address))
  if (custody(from) || custody(to)) return
  if (from !== NOBODY) link(service(transaction, id), from, 'owner', 'ends')
  if (to !== NOBODY) link(service(transaction, id), to, 'owner')
}

/** Staking names owner and multisig of a service, also where its registry is not read. */
export function decodeStaked(
  transaction: OlasTransaction,
  args: { readonly serviceId: bigint; readonly owner: string; readonly multisig: string },
  rows: OlasRows,
): void {
  const link = linker(transaction, rows)
  link(args.multisig, service(transaction, args.serviceId), 'owner')
  link(service(transaction, args.serviceId), args.owner, 'owner')
}

/** A mech of the marketplace belongs to the service that made it. */
export function decodeCreateMech(
  transaction: OlasTransaction,
  args: { readonly mech: string; readonly serviceId: bigint },
  rows: OlasRows,
): void {
  linker(transaction, rows)(args.mech, service(transaction, args.serviceId), 'owner')
}

function service({ chain }: OlasTransaction, id: bigint): string {
  return serviceActor(chain, id)
}

/** A link that ends is a row of its own, since what was stored when it began cannot be changed. */
function linker({ chain, blockNumber }: OlasTransaction, rows: OlasRows) {
  return (subject: string, object: string, kind: Link['kind'], bound: 'begins' | 'ends' = 'begins') => {
    const [from_block, to_block] = bound === 'begins' ? [blockNumber, null] : [null, blockNumber]
    rows.links.push({ chain, subject, object, kind, from_block, to_block })
  }
}

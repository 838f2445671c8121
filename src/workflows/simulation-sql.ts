import { BLOCK_MS, CHAINS, FILE_CHAIN, FIRST_BLOCK, moveKinds, OPENS, PROTOCOL, SOURCE } from '../simulation/chain.ts'
import type { Recording } from '../simulation/recorder.ts'

/** The rows of a recording by SQL over its columns, the same that `marketOf` makes of them. */
export function simulationInserts(recording: Recording) {
  const token = text(recording.addresses[recording.token] as string)
  const from = movesOf(recording)
  return [
    { table: 'usage_events', select: usageEvents(recording.seed, from), unique: true },
    { table: 'payments', select: payments(token, from), unique: true },
    { table: 'transfers', select: transfers(token, from), unique: true },
    { table: 'rewards', select: rewards(recording, token, from), unique: true },
  ] as const
}

const text = (value: string) => `'${value.replaceAll("'", "''")}'`
const number = (kind: (typeof moveKinds)[number]) => moveKinds.indexOf(kind)

/** Each move with its place on its chain and the addresses of its parties. */
function movesOf({ seed }: Recording): string {
  const chains = CHAINS.map((chain, i) => `when ${i} then ${text(chain)}`).join(' ')
  const kinds = moveKinds.map((kind, i) => `when ${i} then ${text(kind === 'used' ? 'delivered' : kind)}`).join(' ')
  return `(select m.*,
      case m.chain ${chains} end as chain_id,
      case m.kind ${kinds} end as event_kind,
      case when m.chain = ${FILE_CHAIN} then 'file:' || sha256('${seed} file') else '0x' || sha256('${seed} transaction ' || m.move) end as tx_hash,
      case when m.chain <> ${FILE_CHAIN} then ${FIRST_BLOCK} + m.block end as block_number,
      ${OPENS} + m.block::bigint * ${BLOCK_MS} as moved_at,
      'usage-${seed}-' || m.usage as usage_id,
      f.address as "payer", t.address as payee
    from staged as m
    join temp.simulated_wallets as f on f.wallet = m."from"
    join temp.simulated_wallets as t on t.wallet = m."to")`
}

function usageEvents(seed: number, moves: string): string {
  const refunded = `e.kind = ${number('refunded')}`
  return `select e.chain_id, e.tx_hash, case when e.kind = ${number('used')} then e.move + 1 else e.log + 1 end, 0, e.event_kind,
      ${text(PROTOCOL)}, e.usage_id, e.block_number, e.moved_at,
      case when ${refunded} then e.payee else e.payer end, case when ${refunded} then e.payer else e.payee end,
      null, case when e.kind <> ${number('used')} then s.address end, n.label,
      case when not (${refunded}) then e.units end, null, 'token',
      case when not (${refunded}) then '0x' || sha256('${seed} payload ' ||
        case when e.payload < 0 then 'of usage ' || e.usage else e.payload::varchar end) end,
      case when e.kind = ${number('used')} then 'declared' else 'event' end,
      case when e.disclosed = 1 then 'operator-test' else 'ordinary' end, ${text(SOURCE)}
    from ${moves} as e
    join temp.simulated_names as n on n.name = e.service
    left join temp.simulated_wallets as s on s.wallet = e.sender
    where e.usage >= 0`
}

function payments(token: string, moves: string): string {
  return `select e.chain_id, e.tx_hash, e.log + 1, 0, e.event_kind, 0, ${text(PROTOCOL)}, e.usage_id, e.block_number,
      e.moved_at, e.payer, e.payee, ${token}, e.amount, null,
      case when e.kind = ${number('settled')} then 'price' else 'refund' end, ${text(SOURCE)}
    from ${moves} as e where e.kind in (${number('settled')}, ${number('refunded')})`
}

function transfers(token: string, moves: string): string {
  return `select e.chain_id, e.tx_hash, e.log, '', e.block_number, e.moved_at, e.payer, e.payee,
      case when e.kind = ${number('native')} then 'native' else ${token} end, e.amount, null, 1,
      case when e.kind in (${number('native')}, ${number('bridge')}) then e.event_kind else 'erc20' end, null, ${text(SOURCE)}
    from ${moves} as e where e.kind <> ${number('used')}`
}

function rewards({ programmes }: Recording, token: string, moves: string): string {
  return `select e.chain_id, e.tx_hash, e.log + 1, 0, ${text(PROTOCOL)}, ${text(programmes[0]?.programme ?? '')}, e.block_number,
      e.moved_at, e.payee, e.payee, ${token}, e.amount, e.service::varchar, 'consumption', ${text(SOURCE)}
    from ${moves} as e where e.kind = ${number('reward')}`
}

import type { Coverage } from '../records/coverage.ts'
import type { Facts } from '../records/index.ts'
import type { Payment } from '../records/payment.ts'
import type { Reward } from '../records/reward.ts'
import type { Transfer } from '../records/transfer.ts'
import type { UsageEvent } from '../records/usage-event.ts'
import { hashOf } from './actors.ts'
import {
  BLOCK_MS,
  BLOCKS_A_DAY,
  CHAINS,
  DAY_MS,
  FILE_CHAIN,
  FIRST_BLOCK,
  FOLLOW_UP_DAYS,
  type Level,
  levels,
  type MoveKind,
  moveKinds,
  OPENS,
  PROTOCOL,
  SOURCE,
} from './chain.ts'
import type { Recording } from './recorder.ts'

/** What a usage really is. */
export type UsageTruth = {
  readonly level: Level
  /** Which adversary it belongs to; its camouflage has the level `none`. */
  readonly adversary: string | null
  /** Why it is honest and may look like wash usage: the class of a control, or the id that a signal declares. */
  readonly control: string | null
  /** Who pays and who is paid, by name, whatever wallets they use. */
  readonly entity: string
  readonly payee: string
}

/** Facts as a collection would have found them, and what no collection can know. */
export type Market = {
  readonly facts: Facts
  /** By usage id. */
  readonly truth: { readonly payments: ReadonlyMap<string, UsageTruth> }
}

/** A recording as rows, for markets of human size; `writeSimulation` stores large ones without any object for a row. */
export function marketOf(recording: Recording): Market {
  const rows = {
    usage_events: [] as UsageEvent[],
    payments: [] as Payment[],
    transfers: [] as Transfer[],
    rewards: [] as Reward[],
  }
  const payments = new Map<string, UsageTruth>()
  for (let move = 0; move < recording.tape.size; move++) {
    const kind = moveKinds[recording.tape.kind[move] as number] as MoveKind
    const place = placeOf(recording, move)
    if (kind === 'settled' || kind === 'refunded' || kind === 'used') {
      rows.usage_events.push(usageEvent(recording, move, kind, place))
      if (kind !== 'used') rows.payments.push(payment(recording, move, kind, place))
      if (kind !== 'refunded') payments.set(usageId(recording, move), truthOf(recording, move))
    }
    if (kind !== 'used') rows.transfers.push(transfer(recording, move, kind, place))
    if (kind === 'reward') rows.rewards.push(reward(recording, move, place))
  }
  const { labels, links, wallets, programmes, windows } = recording
  const context = { labels, links, wallets, programmes, windows, ...networkOf(recording) }
  const facts = Object.entries({ ...rows, ...context }).filter(([, { length }]) => length > 0)
  return { facts: Object.fromEntries(facts), truth: { payments } }
}

const usageId = ({ seed, tape }: Recording, move: number) => `usage-${seed}-${tape.usage[move]}`

type Place = Pick<Transfer, 'chain' | 'tx_hash' | 'block_number'> & { readonly timestamp: number }

/** Spread last below: V8 takes far longer over an object that begins with a spread. */
function placeOf({ seed, tape }: Recording, move: number): Place {
  const chain = tape.chain[move] as number
  const block = tape.block[move] as number
  const timestamp = OPENS + block * BLOCK_MS
  const tx_hash = hashOf(seed, `transaction ${move}`)
  if (chain === FILE_CHAIN)
    return {
      chain: CHAINS[FILE_CHAIN],
      tx_hash: `file:${hashOf(seed, 'file').slice(2)}`,
      block_number: null,
      timestamp,
    }
  return { chain: CHAINS[chain] as string, tx_hash, block_number: FIRST_BLOCK + block, timestamp }
}

function usageEvent(recording: Recording, move: number, kind: UsageEvent['kind'] | 'used', place: Place): UsageEvent {
  const { seed, tape, addresses, names } = recording
  const [from, to] = [addresses[tape.from[move] as number], addresses[tape.to[move] as number]] as [string, string]
  const refunded = kind === 'refunded'
  const payload = tape.payload[move] as number
  const asked = payload < 0 ? `payload of usage ${tape.usage[move]}` : `payload ${payload}`
  return {
    log_index: kind === 'used' ? move + 1 : (tape.log[move] as number) + 1,
    sub_index: 0,
    kind: kind === 'used' ? 'delivered' : kind,
    protocol: PROTOCOL,
    usage_id: usageId(recording, move),
    consumer: refunded ? to : from,
    provider: refunded ? from : to,
    evaluator: null,
    tx_from: kind === 'used' ? null : (addresses[tape.sender[move] as number] as string),
    service: names[tape.service[move] as number] as string,
    units: refunded ? null : BigInt(tape.units[move] as number),
    expected_units: null,
    unit_kind: 'token',
    payload_hash: refunded ? null : hashOf(seed, asked),
    attribution: kind === 'used' ? 'declared' : 'event',
    class: tape.disclosed[move] === 1 ? 'operator-test' : 'ordinary',
    source: SOURCE,
    ...place,
  }
}

function payment(recording: Recording, move: number, kind: 'settled' | 'refunded', place: Place): Payment {
  return {
    log_index: (recording.tape.log[move] as number) + 1,
    sub_index: 0,
    event_kind: kind,
    leg: 0,
    protocol: PROTOCOL,
    usage_id: usageId(recording, move),
    expected_amount: null,
    kind: kind === 'settled' ? 'price' : 'refund',
    source: SOURCE,
    ...moved(recording, move),
    ...place,
  }
}

function transfer(recording: Recording, move: number, kind: MoveKind, place: Place): Transfer {
  const native = kind === 'native'
  const { from, to, asset, amount } = moved(recording, move)
  return {
    from,
    to,
    asset: native ? 'native' : asset,
    amount,
    log_index: recording.tape.log[move] as number,
    trace_path: '',
    token_id: null,
    n: 1,
    kind: native || kind === 'bridge' ? kind : 'erc20',
    usage_id: null,
    source: SOURCE,
    ...place,
  }
}

function reward(recording: Recording, move: number, place: Place): Reward {
  const { to: recipient, asset, amount } = moved(recording, move)
  return {
    log_index: (recording.tape.log[move] as number) + 1,
    sub_index: 0,
    protocol: PROTOCOL,
    programme: recording.programmes[0]?.programme as string,
    recipient,
    subject: recipient,
    asset,
    amount,
    epoch: String(recording.tape.service[move]),
    basis: 'consumption',
    source: SOURCE,
    ...place,
  }
}

function moved({ tape, addresses, token }: Recording, move: number) {
  return {
    from: addresses[tape.from[move] as number] as string,
    to: addresses[tape.to[move] as number] as string,
    asset: addresses[token] as string,
    amount: tape.amount[move] as bigint,
  }
}

function truthOf({ tape, owners, names }: Recording, move: number): UsageTruth {
  return {
    level: levels[tape.level[move] as number] as Level,
    adversary: names[tape.adversary[move] as number] ?? null,
    control: names[tape.control[move] as number] ?? null,
    entity: owners[tape.from[move] as number] as string,
    payee: owners[tape.to[move] as number] as string,
  }
}

/** What the network counts, what it is paid in, and how far its transfers are known. */
export function networkOf({
  tape,
  addresses,
  token,
  days,
}: Recording): Pick<Facts, 'assets' | 'protocols' | 'coverage'> {
  const chains = CHAINS.filter((_, chain) => chain !== FILE_CHAIN && (chain === 0 || tape.chain.includes(chain)))
  const paid = tape.kind.subarray(0, tape.size).some((kind) => moveKinds[kind] === 'settled')
  const asset = { declared: true, source: SOURCE }
  return {
    assets: paid
      ? chains.flatMap((chain) => [
          { ...asset, chain, asset: addresses[token] as string, symbol: 'SIM', decimals: 6, peg: 'USD' },
          { ...asset, chain, asset: 'native', symbol: 'ETH', decimals: 18, peg: null },
        ])
      : [],
    protocols: [
      {
        protocol: PROTOCOL,
        adapter_version: 1,
        metric_statuses: 'delivered,settled',
        metric_time: 'settled_at',
        unit_kind: 'token',
        source: SOURCE,
      },
    ],
    coverage: paid ? chains.map((chain) => coverageOf(chain, days, tape.size)) : [],
  }
}

function coverageOf(chain: string, days: number, rows: number): Coverage {
  const open = days + FOLLOW_UP_DAYS
  return {
    source: SOURCE,
    protocol: PROTOCOL,
    chain,
    table_name: 'transfers',
    from_block: FIRST_BLOCK,
    to_block: FIRST_BLOCK + Math.floor(open * BLOCKS_A_DAY),
    from_hash: null,
    to_hash: null,
    from_time: OPENS,
    to_time: OPENS + open * DAY_MS,
    spec: 'simulation',
    method: 'simulation',
    rows,
    checked: null,
  }
}

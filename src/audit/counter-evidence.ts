import type { EntityMap } from '../clusters/entity-map.ts'
import type { EntityPairs } from '../clusters/entity-pairs.ts'
import type { Economy } from '../features/economy.ts'
import type { FirstFundings } from '../features/first-fundings.ts'
import type { PartyNotes } from '../features/party-notes.ts'

/** What an entity did, as counts that speak against wash usage or for a benign explanation. */
export type Conduct = {
  made: number
  received: number
  /** Payees outside the entity: all, those of its own funder, and those whose funder is not known. */
  payees: number
  relatedPayees: number
  unknownPayees: number
  /** Payers outside the entity. */
  payers: number
  inbound: number
  inboundFromServices: number
  /** UTC ms; NaN: none. */
  lastReward: number
  /** Payments made more than 14 days after it: what an epoch counts may be paid for later. */
  madeAfterReward: number
  tests: number
  ruleRequired: number
  /** Payments made more than 30 days after the payee was paid for the first time. */
  late: number
}

export type ConductFacts = {
  readonly economy: Economy
  readonly entities: EntityMap
  readonly pairs: EntityPairs
  readonly fundings: FirstFundings
  readonly notes: PartyNotes
}

const LATE_MS = 30 * 86_400_000
const EPOCH_MS = 14 * 86_400_000

/** The conduct of some entities, in one pass over payments, pairs and transfers for all of them. */
export function conductOf(picked: readonly number[], facts: ConductFacts): Conduct[] {
  const { entities, notes } = facts
  const all = picked.map((): Conduct => ({ ...NOTHING }))
  const slot = new Int32Array(entities.count).fill(-1)
  picked.forEach((entity, i) => {
    slot[entity] = i
  })
  entities.of.forEach((entity, party) => {
    const one = all[slot[entity]!]
    const at = notes.lastReward[party]!
    if (one !== undefined && !(at <= one.lastReward) && !Number.isNaN(at)) one.lastReward = at
  })
  countPayments(all, slot, facts)
  countPairs(all, slot, facts)
  countTransfers(all, slot, facts)
  return all
}

const NOTHING: Conduct = {
  ...{ made: 0, received: 0, payees: 0, relatedPayees: 0, unknownPayees: 0, payers: 0 },
  ...{ inbound: 0, inboundFromServices: 0, lastReward: Number.NaN, madeAfterReward: 0 },
  ...{ tests: 0, ruleRequired: 0, late: 0 },
}

function countPayments(all: Conduct[], slot: Int32Array, { economy, entities, notes }: ConductFacts): void {
  const { payer, payee, time } = economy.payments
  const firstPaid = new Float64Array(economy.parties).fill(Number.POSITIVE_INFINITY)
  payee.forEach((wallet, usage) => {
    if (wallet !== -1 && time[usage]! < firstPaid[wallet]!) firstPaid[wallet] = time[usage]!
  })
  for (let usage = 0; usage < payer.length; usage += 1) {
    const [from, to] = [payer[usage]!, payee[usage]!]
    const paid = to === -1 ? undefined : all[slot[entities.of[to]!]!]
    if (paid !== undefined) paid.received += 1
    const one = from === -1 ? undefined : all[slot[entities.of[from]!]!]
    if (one === undefined) continue
    one.made += 1
    if (time[usage]! - one.lastReward > EPOCH_MS) one.madeAfterReward += 1
    if (notes.usageClass[usage] === 1) one.tests += 1
    if (notes.usageClass[usage] === 2) one.ruleRequired += 1
    if (to !== -1 && time[usage]! - firstPaid[to]! > LATE_MS) one.late += 1
  }
}

function countPairs(all: Conduct[], slot: Int32Array, { economy, entities, pairs, fundings }: ConductFacts): void {
  const funderOf = (entity: number) => {
    const funder = fundings.funder[entities.founder[entity]!]!
    return funder === -1 || economy.isService[funder] === 1 ? -1 : funder
  }
  for (let pair = 0; pair < pairs.payer.length; pair += 1) {
    const [from, to] = [pairs.payer[pair]!, pairs.payee[pair]!]
    const paid = all[slot[to]!]
    if (paid !== undefined) paid.payers += 1
    const one = all[slot[from]!]
    if (one === undefined) continue
    one.payees += 1
    const [mine, other] = [funderOf(from), funderOf(to)]
    const isRelated =
      (mine !== -1 && mine === other) || mine === entities.founder[to] || other === entities.founder[from]
    if (isRelated) one.relatedPayees += 1
    else if (other === -1 && fundings.funder[entities.founder[to]!] === -1) one.unknownPayees += 1
  }
}

function countTransfers(all: Conduct[], slot: Int32Array, { economy, entities }: ConductFacts): void {
  const { from, to } = economy.transfers
  for (let row = 0; row < to.length; row += 1) {
    const wallet = to[row]!
    const one = wallet < economy.parties ? all[slot[entities.of[wallet]!]!] : undefined
    if (one === undefined) continue
    one.inbound += 1
    if (economy.isService[from[row]!] === 1) one.inboundFromServices += 1
  }
}

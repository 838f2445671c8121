import { defineFeature } from '../features/feature.ts'
import { parties } from '../features/parties.ts'
import { paymentGraph } from '../features/payment-graph.ts'
import { funding, sweep, tokenFunding, tokenSweep } from '../features/wallet-graph.ts'
import type { Csr } from '../graph/csr.ts'
import { paymentLoops } from './payment-loops.ts'
import { COHORT_LEAST, groupsOf, ONE_PERSON } from './trait-groups.ts'

/** Who paid for a party: its funder, and whoever funded that one; of native currency and of tokens. */
export const sourceTraits = ['funder', 'token-funder', 'root', 'token-root'] as const
/** Where the last of its money went. */
export const exitTraits = ['sweep', 'token-sweep'] as const
/** What two parties can have in common, each by its own wallet; −1 where that is not known. */
export const traits = [...sourceTraits, ...exitTraits, 'loop'] as const
export type SourceTrait = (typeof sourceTraits)[number]
export type Trait = (typeof traits)[number] | 'funded'

export type PartyTraits = {
  /**
   * For each party, by nodes: who sent its first native currency and its first token, who sent these to the sender, where the
   * last of either went, and the wallet through which the takings of its main payee reached it.
   */
  readonly shared: { readonly [trait in (typeof traits)[number]]: Int32Array }
  /** Whom each party mainly pays, −1 where the source of its tokens (else of native currency) sent nothing after it had paid. */
  readonly fed: Int32Array
  /** Number of the batch in which one wallet funded the party and others with all they have; −1 without one. */
  readonly batch: Int32Array
  /** The main payee of each party with a loop, −1 for others. */
  readonly looped: Int32Array
  /** How many payees' takings reach each wallet of `loop`, and of how many it is known where they go. */
  readonly exits: { readonly reaching: ReadonlyMap<number, number>; readonly payees: number }
  /** UTC ms of its first payment. */
  readonly firstUse: Float64Array
}

/** Traits shared by more parties than this make no pairs: their evidence is small whatever else agrees. */
export const MOST_SHARING = 200
const BATCH_MS = 3_600_000

/** What each party has in common with others. Money that a payee gives its payer says nothing unless more comes back later. */
export const partyTraits = defineFeature({
  id: 'party-traits',
  reads: ['usage_events', 'transfers'],
  async compute({ ledger, get }): Promise<PartyTraits> {
    const { names, parties: count, firstUse } = await get(parties)
    const graph = await get(paymentGraph)
    const refills = refillsOf((await ledger.columns('refills')) as RefillColumns, names.length)
    const native = await get(funding)
    const funders = { native: native.to, token: (await get(tokenFunding)).to }
    const exit = (await get(tokenSweep)).to
    const isGift = (party: number, source: number) => pays(graph, party, source) && !refills.isFed(party, source)
    const gas = sourcesOf(funders.native, count, isGift)
    const token = sourcesOf(funders.token, count, isGift)
    const mainPayee = mainPayees(graph)
    const main = funders.token.slice(0, count).map((one, party) => (one === -1 ? funders.native[party]! : one))
    const paying = mainPayee.map((payee, party) => (refills.isFed(party, main[party]!) ? payee : -1))
    const isBack = (party: number, wallet: number) =>
      refills.isMain(party, wallet) ||
      (refills.isFed(party, main[party]!) && (token.near[party] === wallet || token.far[party] === wallet))
    const sources = [token.near, token.far]
    const loops = paymentLoops({ mainPayee, payees: new Set(graph.targets), exit, isBack, sources })
    return {
      shared: {
        ...{ funder: gas.near, 'token-funder': token.near, root: gas.far, 'token-root': token.far },
        ...{ sweep: (await get(sweep)).to.slice(0, count), 'token-sweep': exit.slice(0, count) },
        loop: loops.loop,
      },
      fed: withoutStrays(paying, main),
      batch: batchesOf(gas.near, token.near, native.at),
      looped: loops.loop.map((one, party) => (one === -1 ? -1 : mainPayee[party]!)),
      exits: loops,
      firstUse,
    }
  },
})

/** Who funded each party, and who funded that one; neither where it was a gift. */
function sourcesOf(funder: Int32Array, count: number, isGift: (party: number, source: number) => boolean) {
  const near = funder.slice(0, count).map((one, party) => (one !== -1 && isGift(party, one) ? -1 : one))
  const far = near.map((one, party) => (one === -1 || funder[one] === party ? -1 : funder[one]!))
  return { near, far }
}

type RefillColumns = {
  readonly wallet_index: Int32Array
  readonly sender_index: Int32Array
  readonly is_main: Int32Array
}

/** Who sent a party something after it had paid, and whether that was half of all it ever got. */
function refillsOf({ wallet_index, sender_index, is_main }: RefillColumns, wallets: number) {
  const key = (party: number, wallet: number) => party * wallets + wallet
  const known = new Map(Array.from(wallet_index, (wallet, i) => [key(wallet, sender_index[i]!), is_main[i] === 1]))
  return {
    isFed: (party: number, wallet: number) => wallet !== -1 && known.has(key(party, wallet)),
    isMain: (party: number, wallet: number) => known.get(key(party, wallet)) === true,
  }
}

/** The payee of more than half of what each party paid for, −1 without one. */
function mainPayees({ nodes, offsets, targets, weights }: Csr<Int32Array>): Int32Array {
  return Int32Array.from({ length: nodes }, (_, party) => {
    const [start, end] = [offsets[party]!, offsets[party + 1]!]
    const all = weights.subarray(start, end).reduce((sum, n) => sum + n, 0)
    const place = weights.subarray(start, end).findIndex((n) => 2 * n > all)
    return place === -1 ? -1 : targets[start + place]!
  })
}

/** Takes out payees whom fewer of the parties of a source pay than would make it one person's; few parties stay as they are. */
function withoutStrays(payees: Int32Array, source: Int32Array): Int32Array {
  const { members, count } = groupsOf(source)
  const kept = payees.slice()
  for (const [one, list] of members) {
    if (count.get(one)! < COHORT_LEAST) continue
    const paying = new Map<number, number>()
    for (const party of list) paying.set(payees[party]!, (paying.get(payees[party]!) ?? 0) + 1)
    for (const party of list) if (paying.get(payees[party]!)! < ONE_PERSON * list.length) kept[party] = -1
  }
  return kept
}

function pays({ nodes, offsets, targets }: Csr, party: number, payee: number): boolean {
  return payee < nodes && targets.subarray(offsets[party], offsets[party + 1]).includes(payee)
}

/** Cohorts to which one wallet sent their first native currency within an hour, and their first tokens. */
function batchesOf(funder: Int32Array, tokenFunder: Int32Array, at: BigInt64Array): Int32Array {
  const batch = new Int32Array(funder.length).fill(-1)
  let next = 0
  const both = funder.map((one, party) => (one === tokenFunder[party] ? one : -1))
  for (const members of groupsOf(both).members.values()) {
    const sorted = [...members].sort((a, b) => Number(at[a]! - at[b]!) || a - b)
    for (let start = 0; start < sorted.length; ) {
      let end = start
      while (end < sorted.length && Number(at[sorted[end]!]! - at[sorted[start]!]!) < BATCH_MS) end += 1
      if (end - start >= COHORT_LEAST) {
        for (const member of sorted.slice(start, end)) batch[member] = next
        next += 1
      }
      start = end
    }
  }
  return batch
}

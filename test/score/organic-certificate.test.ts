import { describe, expect, it } from 'vitest'
import { pairsOf } from '../../src/clusters/entity-pairs.ts'
import { organicCertificate } from '../../src/score/organic-certificate.ts'
import { economyOf, entitiesOf } from '../support/random-economy.ts'

const [PAYER, FIRST, SECOND, OWN, EXCHANGE, OTHER] = [0, 1, 2, 3, 4, 5]

type Change = {
  readonly payments?: readonly { readonly payee: number; readonly day: number }[]
  readonly transfers?: readonly { readonly from: number; readonly to: number; readonly isNative?: boolean }[]
  readonly merged?: readonly (readonly number[])[]
  readonly rewarded?: number
  readonly lastRewardDay?: number | null
  readonly independent?: readonly number[]
}

/** Wallet 0 pays 1 and 2 on three days with money of an exchange, and gets no rewards: the least that is certified. */
function certificate(change: Change = {}): number {
  const {
    payments = [
      { payee: FIRST, day: 1 },
      { payee: SECOND, day: 2 },
      { payee: FIRST, day: 3 },
    ],
    transfers = [],
    rewarded = 0,
    lastRewardDay = null,
    independent = [EXCHANGE],
  } = change
  const economy = economyOf({
    ...{ payers: 1, payees: 3, parties: 4, wallets: 6, days: 60 },
    payments: payments.map(({ payee, day }) => ({ payer: PAYER, payee, time: day, amount: 1e6, service: payee })),
    transfers: [{ from: EXCHANGE, to: PAYER }, { from: OTHER, to: FIRST }, ...transfers].map((move, i) => {
      return { isNative: true, ...move, time: i / 100, amount: 1e6 }
    }),
  })
  const entities = entitiesOf(economy, change.merged)
  const { transfers: moved, names } = economy
  const funder = new Int32Array(names.length).fill(-1)
  moved.to.forEach((to, row) => {
    if (moved.isNative[row] === 1 && funder[to] === -1) funder[to] = moved.from[row]!
  })
  const value = new Float64Array(names.length)
  value[PAYER] = rewarded
  const certified = organicCertificate({
    ...{ economy, entities, pairs: pairsOf(economy.payments, entities) },
    fundings: { funder, transfer: funder },
    independent: Uint8Array.from(names, (_, wallet) => Number(independent.includes(wallet))),
    rewards: { value, lastAt: lastRewardDay === null ? null : lastRewardDay * 86_400_000 },
  })
  return certified[entities.of[PAYER]!]!
}

describe('organicCertificate', () => {
  it('is given for money from outside, two unrelated payees, three days and no rewards', () => {
    expect(certificate()).toBe(1)
  })

  it('asks for a source that is known outside the market', () => {
    expect(certificate({ independent: [] })).toBe(0)
    expect(certificate({ independent: [OTHER] })).toBe(0)
  })

  it('asks for two payees and three days', () => {
    const pay = (...payments: [number, number][]) => payments.map(([payee, day]) => ({ payee, day }))
    expect(certificate({ payments: pay([FIRST, 1], [FIRST, 2], [FIRST, 3]) })).toBe(0)
    expect(certificate({ payments: pay([FIRST, 1], [SECOND, 2], [FIRST, 2.9]) })).toBe(0)
    expect(certificate({ merged: [[FIRST, SECOND]] })).toBe(0)
  })

  it('is not given to an entity that is linked to a payee', () => {
    expect(certificate({ merged: [[PAYER, OWN]] })).toBe(1)
    expect(certificate({ merged: [[PAYER, SECOND]] })).toBe(0)
    expect(certificate({ transfers: [{ from: SECOND, to: PAYER, isNative: false }] })).toBe(0)
    expect(certificate({ transfers: [{ from: PAYER, to: FIRST, isNative: false }] })).toBe(0)
    expect(certificate({ transfers: [{ from: PAYER, to: OWN }] })).toBe(1)
    // The payee's first gas came from the exchange that is no labelled service here, as the payer's did.
    expect(certificate({ transfers: [{ from: EXCHANGE, to: SECOND }] })).toBe(0)
  })

  it('is not given where use lives on rewards, unless it outlives them by 30 days', () => {
    expect(certificate({ rewarded: 0.5, lastRewardDay: 2 })).toBe(1)
    expect(certificate({ rewarded: 0.7, lastRewardDay: 2 })).toBe(0)
    expect(certificate({ rewarded: Number.NaN, lastRewardDay: 2 })).toBe(0)
    const late = { rewarded: 3, payments: [1, 2, 33].map((day, i) => ({ payee: i === 0 ? FIRST : SECOND, day })) }
    expect(certificate({ ...late, lastRewardDay: 3 })).toBe(1)
    expect(certificate({ ...late, lastRewardDay: 4 })).toBe(0)
  })
})

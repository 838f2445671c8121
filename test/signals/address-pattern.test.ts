import { describe, expect, it } from 'vitest'
import { addressKeys, PREFIXES, SUFFIXES } from '../../src/features/address-keys.ts'
import type { Economy } from '../../src/features/economy.ts'
import { addressPattern } from '../../src/signals/address-pattern.ts'
import { type Random, randomStream } from '../../src/statistics/random.ts'
import { type Draft, draftEconomy, economyOf, entitiesOf } from '../support/random-economy.ts'
import { derivedOf, testNullModel, valuesOf } from '../support/test-null-model.ts'

const RING = [0, 1, 2, 3]
const KEY = 0xbeef123

/** Uniform addresses, but for what `keyOf` says of a wallet. */
function drawn(draft: Draft, random: Random, keyOf: (wallet: number) => number | null = () => null) {
  const economy = economyOf(draft)
  const keys = Int32Array.from(economy.names, (_, wallet) => keyOf(wallet) ?? random.below(PREFIXES * SUFFIXES))
  return { economy, entities: entitiesOf(economy), features: { 'address-keys': keys } }
}

function plant(random: Random, keyOf = (wallet: number): number | null => (RING.includes(wallet) ? KEY : null)) {
  const draft = draftEconomy(random)
  for (const payer of RING) draft.payments.push({ payer, payee: draft.payers + 1, time: payer, amount: 1, service: 1 })
  return { ...drawn(draft, random, keyOf), planted: RING }
}

testNullModel(addressPattern, {
  draw: (random) => drawn(draftEconomy(random), random),
  plant,
  power: 0.9,
  traps: {
    'wallet-sdk'(random) {
      const draft = draftEconomy(random, { payers: 120, payments: 1_500 })
      const honest = Array.from({ length: 40 }, (_, payer) => payer)
      // Of few suffixes, so that many agree in all seven digits at one payee.
      const keyOf = (wallet: number) => (wallet < 40 ? 0x5afe * SUFFIXES + random.below(8) : null)
      return { ...drawn(draft, random, keyOf), honest }
    },
    'leading-zeros'(random) {
      const draft = draftEconomy(random, { payers: 120, payments: 1_500 })
      const honest = Array.from({ length: 40 }, (_, payer) => payer)
      return { ...drawn(draft, random, (wallet) => (wallet < 40 ? random.below(SUFFIXES) : null)), honest }
    },
  },
})

describe('address-pattern', () => {
  const firstOf = async (keyOf: (wallet: number) => number | null) => {
    const { entity, statistic, pValue } = await valuesOf(addressPattern, plant(randomStream(1, 'pattern'), keyOf), 1)
    const row = entity.indexOf(0)
    return row === -1 ? null : { alike: statistic[row], pValue: pValue[row]! }
  }

  it('gives the chance of two among n that uniform hashes have, whatever the number of payees', async () => {
    const { economy, ...rest } = plant(randomStream(1, 'pair'), (wallet) => (wallet < 2 ? KEY : null))
    const { payer, payee } = economy.payments
    const at = economy.parties - 10 + 1
    const others = new Set(payer.filter((_, row) => payee[row] === at)).size - 1
    const payees = new Set(payee.filter((_, row) => payer[row] === 0)).size
    const { entity, statistic, pValue } = await valuesOf(addressPattern, { economy, ...rest }, 1)
    const row = entity.indexOf(0)
    expect(statistic[row]).toBe(1)
    // 1 − (1 − 16^−7)^n, which is n 16^−7 to the digits asked for; another payee of both could only be more telling.
    expect(pValue[row]! / ((payees * others) / 16 ** 7)).toBeLessThanOrEqual(1 + 1e-6)
    expect(pValue[row]! / (payees / 16 ** 7)).toBeGreaterThanOrEqual(1 - 1e-6)
  })

  it('asks that beginning and end agree, and leaves out ids that are no EVM addresses', async () => {
    expect((await firstOf((wallet) => (wallet < 4 ? KEY : null)))!.alike).toBe(3)
    expect(await firstOf((wallet) => (wallet < 4 ? KEY + wallet : null))).toEqual({ alike: 0, pValue: 1 })
    expect(await firstOf((wallet) => (wallet < 4 ? -1 : null))).toBeNull()
  })

  it('reads the digits of EVM addresses alone', async () => {
    const names = [`0xbeef${'0'.repeat(33)}123`, 'So11111111111111111111111111111111111111112', 'alice@example.com']
    const economy = { ...economyOf(draftEconomy(randomStream(1, 'names'))), names } satisfies Economy
    expect([...(await derivedOf(addressKeys, { economy }))]).toEqual([0xbeef123, -1, -1])
  })
})

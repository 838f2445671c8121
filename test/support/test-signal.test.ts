import { describe, expect, it } from 'vitest'
import { parties } from '../../src/features/parties.ts'
import { defineSignal, type Finding, type Signal } from '../../src/signals/signal.ts'
import { valueReturn } from '../../src/signals/value-return.ts'
import { simulateMarket } from '../../src/simulation/index.ts'
import { expectCalibrated, expectMarkedAsOpen, expectPower, plantedAs } from './test-signal.ts'

/** A test of wallets whose p-values are uniform, or too small by a factor. */
const pValued = (factor: number) =>
  defineSignal({
    ...valueReturn,
    id: 'uniform',
    requires: { all: parties },
    options: {},
    measure({ all }, { random }) {
      const finding = (wallet: string): Finding => {
        return { subjects: [wallet], payments: [], transfers: [], pValue: random.next() / factor }
      }
      return { tested: all.parties, findings: all.names.slice(0, all.parties).map(finding) }
    },
  }) as unknown as Signal

/** The certificate with one promise broken: a share of a payment that is much too small is enough. */
const careless = { ...valueReturn, options: { windowDays: 30, returnShare: 0 } } as unknown as Signal
const organic = (seed: number) => simulateMarket({ seed, consumers: 20 })
const ring = (seed: number) =>
  simulateMarket({ seed, consumers: 20, ring: { puppets: 2, payments: 4, selfPayments: 0, returnShare: 0.3 } })
const handRefunds = (seed: number) => simulateMarket({ seed, consumers: 20, refunds: { share: 0.5, by: 'hand' } })

describe('the contract of signals', () => {
  it('passes p-values that are uniform under the null, and fails smaller ones', async () => {
    await expectCalibrated(pValued(1), organic, 6)
    await expect(expectCalibrated(pValued(4), organic, 6)).rejects.toThrow()
  })

  it('fails a certificate that marks a single honest payment', async () => {
    await expect(expectCalibrated(valueReturn as unknown as Signal, handRefunds, 3)).rejects.toThrow()
  })

  it('fails a trap that does not spring, and an open story that is not marked', async () => {
    const signal = valueReturn as unknown as Signal
    await expect(expectCalibrated(signal, organic, 1, 'exchange')).rejects.toThrow(/springs/)
    await expect(expectMarkedAsOpen(signal, 'employer', organic, 1)).rejects.toThrow(/springs/)
    const blind = { ...signal, measure: () => ({ tested: 1, findings: [] }) }
    await expect(expectMarkedAsOpen(blind, 'refund', handRefunds, 1)).rejects.toThrow()
  })

  it('fails a signal that misses what was planted, or marks what was not', async () => {
    const wash = { market: ring, planted: plantedAs('ring') }
    await expect(expectPower(valueReturn as unknown as Signal, wash, 1, 2)).rejects.toThrow()
    await expect(expectPower(careless, { market: handRefunds, planted: plantedAs('ring') }, 1, 2)).rejects.toThrow()
  })
})

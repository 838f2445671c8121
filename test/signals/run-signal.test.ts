import { describe, expect, it } from 'vitest'
import { defineFeature } from '../../src/features/feature.ts'
import type { TableName } from '../../src/records/index.ts'
import { runSignal } from '../../src/signals/run-signal.ts'
import { selfPayment } from '../../src/signals/self-payment.ts'
import type { Signal } from '../../src/signals/signal.ts'
import { valueReturn } from '../../src/signals/value-return.ts'
import { withLedger } from '../support/ledger-with.ts'
import { usageEvent } from '../support/records.ts'

const facts = { usage_events: [usageEvent()] }
const everything = new Set<TableName>(['usage_events', 'payments', 'transfers'])

const run = (changes: Partial<Signal>, filled: ReadonlySet<TableName> = everything, seed = 1) =>
  withLedger(facts, ({ context }) =>
    runSignal({ ...(selfPayment as unknown as Signal), ...changes }, context, filled, seed),
  )

/** A signal that says what it drew, as the number of subjects that it tested. */
const drawing = (id: string): Partial<Signal> => ({
  id,
  requires: {},
  measure: (_, { random }) => ({ tested: random.below(2 ** 31), findings: [] }),
})

describe('runSignal', () => {
  it('names every table that is missing, once', async () => {
    const result = await withLedger(facts, ({ context }) =>
      runSignal(valueReturn as unknown as Signal, context, new Set<TableName>(['usage_events']), 1),
    )
    expect(result).toEqual({ status: 'unavailable', missing: ['payments', 'transfers'] })
  })

  it('takes a table that was collected and is empty as looked at', async () => {
    const result = await withLedger(facts, ({ context }) =>
      runSignal(valueReturn as unknown as Signal, context, everything, 1),
    )
    expect(result).toEqual({ status: 'measured', tested: 1, findings: [] })
  })

  it('turns what a signal throws into its result', async () => {
    const measure = () => {
      throw new Error('no such row\n    at somewhere')
    }
    expect(await run({ measure })).toEqual({ status: 'error', message: 'no such row' })
  })

  it('turns what a feature throws into its result', async () => {
    const broken = defineFeature({
      id: 'broken',
      reads: [],
      compute: () => Promise.reject(new Error('the query failed')),
    })
    expect(await run({ requires: { broken } })).toEqual({ status: 'error', message: 'the query failed' })
  })

  it('lists what has a small p-value, and never what is context alone', async () => {
    const measure: Signal['measure'] = () => ({
      tested: 1,
      findings: [],
      values: {
        ...{ role: 'payer', entity: Int32Array.of(0), statistic: Float64Array.of(9), pValue: Float64Array.of(1e-9) },
        evidence: () => ({ payments: [0], transfers: [] }),
      },
    })
    const listed = async (family: Signal['family']) => {
      const result = await run({ family, requires: {}, measure })
      return result.status === 'measured' ? result.findings.length : result
    }
    expect(await listed('F3')).toBe(1)
    expect(await listed('F4')).toBe(0)
  })

  it('hands options over, the given ones in place of the declared', async () => {
    const measure: Signal['measure'] = (_, { options }) => ({
      tested: (options.a ?? 0) * 10 + (options.b ?? 0),
      findings: [],
    })
    const signal = { ...(selfPayment as unknown as Signal), requires: {}, options: { a: 1, b: 2 }, measure }
    const result = await withLedger(facts, ({ context }) => runSignal(signal, context, everything, 1, { b: 3 }))
    expect(result).toEqual({ status: 'measured', tested: 13, findings: [] })
  })

  it('keys the random stream by seed and signal alone', async () => {
    const [first, again, otherSignal, otherSeed] = await Promise.all([
      run(drawing('a')),
      run(drawing('a')),
      run(drawing('b')),
      run(drawing('a'), everything, 2),
    ])
    expect(again).toEqual(first)
    expect(otherSignal).not.toEqual(first)
    expect(otherSeed).not.toEqual(first)
  })
})

import { expect, it } from 'vitest'
import { usageFees } from '../../src/features/usage-fees.ts'
import { withLedger } from '../support/ledger-with.ts'
import { payment, usageEvent } from '../support/records.ts'

const uses = ['1', '2', '3'].map((usage_id) => ({ usage_id, tx_hash: `0x${usage_id}` }))
const fee = { from: '0xaa', to: '0xfe', kind: 'platform-fee', amount: 3n } as const

it('fees of a payment are summed, and not known where the ledger has none', () =>
  withLedger(
    {
      usage_events: uses.map((use) => usageEvent(use)),
      payments: [
        ...uses.map((use) => payment(use)),
        payment({ ...uses[1], ...fee, leg: 1 }),
        payment({ ...uses[1], ...fee, leg: 2, kind: 'evaluator-fee', amount: 10n ** 30n }),
        payment({ ...uses[2], ...fee, leg: 1, amount: 0n }),
      ],
    },
    async ({ context }) => {
      expect([...(await context.get(usageFees))]).toEqual([Number.NaN, 1e30 + 3, 0])
    },
  ))

import { expect, it } from 'vitest'
import { expectProgrammes } from '../support/expect-programmes.ts'
import { collectProgrammes } from '../support/olas-programmes-chain.ts'

it('tells agents that stop one after the targets of two staking programmes from those who ask themselves', async () => {
  const plan = { targets: [4, 16], each: { agent: 10, heavy: 4, padder: 1 }, free: 8, staked: 10 }
  const { ledger, services, selfAsked } = await collectProgrammes(plan)
  await expectProgrammes(ledger, { services, selfAsked, staked: plan.staked })
  ledger.close()
  expect(services).toHaveLength(30)
}, 120_000)

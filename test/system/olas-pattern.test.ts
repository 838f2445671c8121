import { expect, it } from 'vitest'
import { expectProgrammes } from '../support/expect-programmes.ts'
import { collectProgrammes } from '../support/olas-programmes-chain.ts'

it('tells agents that stop one after 4, 16 and 60 from heavy users and from those who ask themselves', async () => {
  const plan = { targets: [4, 16, 60], each: { agent: 12, heavy: 8, padder: 2 }, free: 10, staked: 14 }
  const { ledger, services, selfAsked } = await collectProgrammes(plan)
  await expectProgrammes(ledger, { services, selfAsked, staked: plan.staked })
  ledger.close()
  expect(services).toHaveLength(66)
}, 900_000)

import { expect, it } from 'vitest'
import { audit } from '../../src/audit.ts'
import { expectProgrammes } from '../support/expect-programmes.ts'
import { collectProgrammes } from '../support/olas-programmes-chain.ts'

it('tells agents that stop one after the targets of two staking programmes from those who ask themselves', async () => {
  const plan = { targets: [4, 16], each: { agent: 10, heavy: 4, padder: 1 }, free: 8, staked: 10 }
  const { ledger, services, selfAsked } = await collectProgrammes(plan)
  const { report } = await audit(ledger, { controls: 'none' })
  ledger.close()
  expectProgrammes(report, { services, selfAsked, staked: plan.staked })
  expect(services).toHaveLength(30)
}, 120_000)

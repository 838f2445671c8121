import { programTimes, programTokens } from '../timing.ts'
import { buy, type Service } from '../world.ts'
import { type Control, groupsOf } from './control.ts'

const LENGTH = 3
const RUNS_A_DAY = 4

/**
 * Agents that sell to each other what each does best: the first asks the second, which asks the third, which asks the
 * first. Money goes round for distinct work, and each keeps a different part of it; what is over leaves the market.
 */
export const agentChain: Control = (world, purchases) => {
  const random = world.random('agent-chain')
  groupsOf(purchases, 600).forEach((calls, i) => {
    const agents = Array.from({ length: LENGTH }, (_, n): Service => {
      const name = `agent-chain ${i} agent ${n}`
      return world.open({ id: name, payee: world.join(name, 0), price: 0.1 * (n + 1), perCall: false })
    })
    const days = world.days - 1
    const burst = Math.max(1, Math.round(calls / LENGTH / (days * RUNS_A_DAY)))
    const hours = (24 * days * burst) / Math.max(1, calls / LENGTH)
    for (const at of programTimes(random, { hours, burst, from: 0.2 + random.next() / 2, to: days }))
      agents.forEach((agent, n) => {
        const next = agents[(n + 1) % LENGTH] as Service
        const more = { control: 'agent-chain', units: programTokens(random) }
        world.recorder.pay(buy(random, agent.payee, next, at + n * 5e-5, more))
      })
  })
}

import { whole } from '../draw.ts'
import { programTimes, programTokens } from '../timing.ts'
import { buy, type World } from '../world.ts'
import { type Control, groupsOf } from './control.ts'

/** Programs that ask one service the same question on a schedule, day and night: health checks, reports, monitors. */
export const cron: Control = (world, purchases) => {
  const random = world.random('cron')
  groupsOf(purchases, 300).forEach((runs, i) => {
    const everyHours = (24 * (world.days - 1)) / (runs + 1)
    runProgram(world, {
      name: `cron ${i}`,
      control: 'cron',
      everyHours,
      from: 0.2 + random.next(),
      payload: whole(random, 0, 20),
    })
  })
}

/** One program, from a day until the market closes. */
export function runProgram(
  world: World,
  program: {
    readonly name: string
    readonly control: string
    readonly everyHours: number
    readonly from: number
    readonly payload: number
  },
): void {
  const { name, control, everyHours, from, payload } = program
  const random = world.random(name)
  const wallet = world.join(name, from)
  const service = world.pickService(random)
  const units = programTokens(random)
  for (const at of programTimes(random, { hours: everyHours, from, to: world.days }))
    world.recorder.pay(buy(random, wallet, service, at, { control, payload, units }))
}

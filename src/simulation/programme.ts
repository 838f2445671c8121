import type { Random } from '../statistics/random.ts'
import { randomStream } from '../statistics/random.ts'
import type { Actor } from './actors.ts'
import { DAY_MS, OPENS, PROTOCOL, SOURCE } from './chain.ts'
import { between, logNormal } from './draw.ts'
import { moveMoney } from './money.ts'
import type { Recording } from './recorder.ts'
import { personTimes } from './timing.ts'
import { buy, openWorld, type Service, units, type World } from './world.ts'

export type ProgrammeOptions = {
  readonly seed: number
  /** Users that come, on average; how many do is a Poisson number. */
  readonly users: number
  /** Requests in an epoch that are to be reached. */
  readonly target: number
  /** Shares of them that work for a counter, on average. */
  readonly stoppers: number
  readonly padders: number
  readonly racers: number
}

export const TARGETS = 'weekly-target'
export const BOARD = 'leaderboard'
const EPOCH = 7
/** Epochs before the programmes, with a reward, and after. */
const EPOCHS = { before: 4, rewarded: 8, after: 2 } as const
/** What an epoch in which the target is reached is paid, in dollars. */
const REWARD = 5
/** Requests in an epoch of a user in the middle, how unlike users are, and one week is to the next. */
const HABIT = { median: 3, users: 0.5, weeks: 0.3 } as const
const RANK_CUT_SHARE = 0.2

type Kind = 'honest' | 'stopper' | 'padder' | 'racer'
type User = { readonly wallet: Actor; readonly kind: Kind; readonly counts: number[] }

/**
 * A market with two programmes that count requests, week by week: one pays every user that reaches a target, one ranks
 * users in public and pays nothing. While they last stoppers let a program ask in their place until one above the target,
 * padders ask a service of their own wallet so often, and racers ask as they need and then, as a week ends, for a place on
 * the board. All others ask as they need. Before and after the programmes everybody does.
 */
export function simulateProgramme({ seed, users: count, target, ...shares }: ProgrammeOptions): Recording {
  const days = EPOCH * (EPOCHS.before + EPOCHS.rewarded + EPOCHS.after)
  const world = openWorld({ seed, services: 8, days, sourceOf: sourceOf(seed) })
  for (const name of ['exchange 0', 'exchange 1']) world.recorder.label(world.recorder.wallet(name), 'exchange')
  const random = world.random('programme')
  const kinds: readonly (readonly [Kind, number])[] = [
    ['honest', count * (1 - shares.stoppers - shares.padders - shares.racers)],
    ['stopper', count * shares.stoppers],
    ['padder', count * shares.padders],
    ['racer', count * shares.racers],
  ]
  const users = kinds.flatMap(([kind, mean]) =>
    Array.from({ length: poisson(random, mean) }, (_, i): User => {
      return { wallet: world.join(`${kind} ${i}`, between(random, 0, 1)), kind, counts: [] }
    }),
  )
  const habits = users.map(() => logNormal(random, HABIT.median, HABIT.users))
  for (let epoch = 0; epoch < days / EPOCH; epoch += 1) {
    for (const [i, user] of users.entries()) work(world, random, user, { epoch, target, habit: habits[i] as number })
    if (isRewarded(epoch)) race(world, random, users, { epoch, target })
  }
  payTargets(world, users, target)
  writeProgrammes(world, users, target)
  moveMoney(world)
  return world.recorder.finish()
}

const isRewarded = (epoch: number) => epoch >= EPOCHS.before && epoch < EPOCHS.before + EPOCHS.rewarded

function sourceOf(seed: number) {
  return (owner: string) => (randomStream(seed, `source ${owner}`).next() < 0.5 ? 'exchange 0' : 'exchange 1')
}

/** What a user asks in one epoch: as it needs, or as a program does that works for the target. */
function work(
  world: World,
  random: Random,
  user: User,
  { epoch, target, habit }: { readonly epoch: number; readonly target: number; readonly habit: number },
): void {
  const [from, to] = [epoch * EPOCH, (epoch + 1) * EPOCH]
  const isWorking = (user.kind === 'stopper' || user.kind === 'padder') && isRewarded(epoch)
  const needed = isWorking ? 0 : poisson(random, habit * logNormal(random, 1, HABIT.weeks))
  for (const at of personTimes(random, needed, from + 0.1, to - 0.1))
    world.recorder.pay(buy(random, user.wallet, world.pickService(random), at))
  user.counts[epoch] = needed
  if (isWorking) ask(world, random, user, { epoch, until: target + 1 })
}

/** Requests of a program in the last hours of an epoch, up to a count. */
function ask(
  world: World,
  random: Random,
  { wallet, kind, counts }: User,
  { epoch, until }: { readonly epoch: number; readonly until: number },
): void {
  const own: Service = { id: `service of ${wallet}`, payee: wallet, price: 0.5, perCall: true }
  for (let n = counts[epoch] as number; n < until; n += 1) {
    const at = (epoch + 1) * EPOCH - between(random, 0.02, 0.5)
    const service = kind === 'padder' ? own : world.pickService(random)
    const purchase = buy(random, wallet, service, at, { units: 64, payload: 3_000_000 + wallet })
    world.recorder.pay({ ...purchase, level: kind === 'padder' ? 'W0' : 'W4', adversary: kind })
  }
  counts[epoch] = Math.max(counts[epoch] as number, until)
}

/** Racers who see the cut within reach ask for one more than stands there. */
function race(
  world: World,
  random: Random,
  users: readonly User[],
  { epoch, target }: { readonly epoch: number; readonly target: number },
): void {
  const standing = users.map(({ counts }) => counts[epoch] as number).sort((a, b) => b - a)
  const cut = standing[rankCut(users) - 1] ?? 0
  for (const user of users) {
    const lacking = cut + 1 - (user.counts[epoch] as number)
    if (user.kind === 'racer' && lacking > 0 && lacking <= target) ask(world, random, user, { epoch, until: cut + 1 })
  }
}

const rankCut = ({ length }: readonly User[]) => Math.max(1, Math.round(length * RANK_CUT_SHARE))

/** Every user that reached the target is paid as the epoch ends. */
function payTargets(world: World, users: readonly User[], target: number): void {
  const pool = world.outside('programme')
  for (let epoch = EPOCHS.before; isRewarded(epoch); epoch += 1)
    for (const { wallet, counts } of users)
      if ((counts[epoch] as number) >= target)
        world.recorder.reward({ from: pool, to: wallet, amount: units(REWARD), at: (epoch + 1) * EPOCH }, epoch)
}

/** Counts of every user with a target and with a rank; both are shown until rewards end. */
function writeProgrammes(world: World, users: readonly User[], target: number): void {
  const { context, address } = world.recorder
  const ends = new Date(timeOf(EPOCHS.before + EPOCHS.rewarded)).toISOString().slice(0, 10)
  const common = { protocol: PROTOCOL, chain: null, counted: 'requests', url: null, source: SOURCE }
  const visibility = `public until ${ends}`
  context.programmes.push(
    { ...common, programme: TARGETS, rank_cut: null, visibility },
    { ...common, programme: BOARD, rank_cut: rankCut(users), visibility },
  )
  const last = EPOCHS.before + EPOCHS.rewarded + EPOCHS.after
  for (let epoch = EPOCHS.before; epoch < last; epoch += 1)
    for (const { wallet, counts } of users) {
      const counted = counts[epoch] as number
      const span = { protocol: PROTOCOL, from_time: timeOf(epoch), to_time: timeOf(epoch + 1), source: SOURCE }
      const window = { ...span, subject: address(wallet), counted: BigInt(counted) }
      const reward = !isRewarded(epoch) ? null : counted >= target ? units(REWARD) : 0n
      context.windows.push({ ...window, programme: TARGETS, target: isRewarded(epoch) ? BigInt(target) : null, reward })
      context.windows.push({ ...window, programme: BOARD, target: null, reward: null })
    }
}

const timeOf = (epoch: number) => OPENS + epoch * EPOCH * DAY_MS

/** By counting standard exponentials. */
function poisson(random: Random, mean: number): number {
  let count = 0
  for (let at = random.exponential(); at < mean; at += random.exponential()) count += 1
  return count
}

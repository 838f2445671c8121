import type { Random } from '../../statistics/random.ts'
import type { Actor } from '../actors.ts'
import { type Level, moveKinds } from '../chain.ts'
import { share } from '../controls/control.ts'
import type { Move } from '../recorder.ts'
import { personTokens } from '../timing.ts'
import type { World } from '../world.ts'

/**
 * A way to make usage, up to a share of all value that the network counts. `budget` is asked once, after whatever
 * camouflage there is, for what is left to reach the share.
 */
export type Adversary = (world: World, plan: Plan) => void

export type Plan = {
  /** Name in the truth. */
  readonly id: string
  /** About how many payments it may make, camouflage included. */
  readonly payments: number
  /** Value in the smallest unit of the token. */
  budget(): bigint
}

/** One person with a service and as many wallets as it takes. */
export type Operator = {
  readonly id: string
  readonly owner: string
  readonly payee: Actor
  readonly service: string
  /** A wallet of the operator; not yet funded. */
  wallet(name: string): Actor
}

/** An operator whose service looks like any other. */
export function openOperator(world: World, id: string, n: number): Operator {
  const owner = `${id} operator ${n}`
  const payee = world.join(`${owner} service`, 0, owner)
  return { id, owner, payee, service: owner, wallet: (name) => world.recorder.wallet(`${owner} ${name}`, owner) }
}

/** A payment that is yet to be made. */
export type Intent = { readonly at: number; readonly from: Actor; readonly amount: bigint; readonly units: number }

/** Payments at the given times whose amounts follow sizes as people ask for them and add up to the value exactly. */
export function intents(
  random: Random,
  { value, times, payers }: { readonly value: bigint; readonly times: Float64Array; readonly payers: readonly Actor[] },
): Intent[] {
  const sizes = Array.from(times, () => personTokens(random))
  const all = BigInt(sizes.reduce((sum, size) => sum + size, 0))
  let reached = 0
  let spent = 0n
  return sizes.map((units, i) => {
    reached += units
    const until = (value * BigInt(reached)) / all
    const amount = until - spent
    spent = until
    return { at: times[i] as number, from: payers[i % payers.length] as Actor, amount, units }
  })
}

/** Pays as intended to the operator's own service. */
export function payOwn(
  world: World,
  { id, payee, service }: Operator,
  intended: readonly Intent[],
  more: { readonly level: Level; readonly payload?: number },
): void {
  for (const intent of intended) world.recorder.pay({ to: payee, service, adversary: id, ...intent, ...more })
}

/** Consecutive rounds in order of time, none longer than `days`. */
export function rounds(intended: readonly Intent[], days: number): Intent[][] {
  const found: Intent[][] = []
  for (const intent of [...intended].sort((a, b) => a.at - b.at)) {
    const last = found.at(-1)
    if (last !== undefined && intent.at - (last[0] as Intent).at <= days) last.push(intent)
    else found.push([intent])
  }
  return found
}

/** What each wallet pays in a round, in the order of the first payments. */
export function capital(round: readonly Intent[]): Map<Actor, bigint> {
  const sums = new Map<Actor, bigint>()
  for (const { from, amount } of round) sums.set(from, (sums.get(from) ?? 0n) + amount)
  return sums
}

export function least(a: bigint, b: bigint): bigint {
  if (a < b) return a
  return b
}

export const total = (round: readonly Intent[]): bigint => round.reduce((sum, { amount }) => sum + amount, 0n)

/** Sends a sum from wallet to wallet, an hour at each, and says when it arrived. */
export function passOn(world: World, route: readonly Actor[], { amount, at }: Pick<Move, 'amount' | 'at'>): number {
  for (let i = 1; i < route.length; i++)
    world.recorder.send({ from: route[i - 1] as Actor, to: route[i] as Actor, amount, at: at + (i - 1) / 24 })
  return at + (route.length - 2) / 24
}

/** What one operator is to do. */
export type Part = {
  readonly operator: Operator
  readonly n: number
  readonly payments: number
  readonly random: Random
}

/** As many operators as it takes for about `typical` payments each. */
export function operators(
  world: World,
  { id, payments, typical }: Pick<Plan, 'id' | 'payments'> & { readonly typical: number },
): Part[] {
  const count = Math.max(1, Math.round(payments / typical))
  return Array.from({ length: count }, (_, n) => ({
    operator: openOperator(world, id, n),
    n,
    payments: Math.max(1, share(payments, count, n)),
    random: world.random(`${id} operator ${n}`),
  }))
}

/** The part of a value that falls to the i-th of n; the parts add up to it. */
export function partOf(value: bigint, n: number, i: number): bigint {
  return (value * BigInt(i + 1)) / BigInt(n) - (value * BigInt(i)) / BigInt(n)
}

/** Splits what the plan may spend evenly among operators of about `typical` payments each. */
export function eachOperator(
  world: World,
  plan: Plan,
  typical: number,
  act: (part: Part & { readonly value: bigint }) => void,
): void {
  const parts = operators(world, { ...plan, typical })
  const budget = plan.budget()
  for (const part of parts) act({ ...part, value: partOf(budget, parts.length, part.n) })
}

/** `n` wallets of an operator. */
export function puppets(operator: Operator, n: number): Actor[] {
  return Array.from({ length: n }, (_, i) => operator.wallet(`puppet ${i}`))
}

/** Uniform times, ascending. */
export function randomTimes(random: Random, n: number, from: number, to: number): Float64Array {
  return Float64Array.from({ length: n }, () => from + random.next() * (to - from)).sort()
}

/** Times on one beat. */
export function metronome(n: number, from: number, to: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => from + ((to - from) * i) / n)
}

/** Usages of customers of no class, by their wallet. */
export function honestUsages({ recorder }: World): Map<Actor, number[]> {
  const { size, kind, from, usage, control, adversary } = recorder.tape()
  const found = new Map<Actor, number[]>()
  for (let move = 0; move < size; move++) {
    if (moveKinds[kind[move] as number] !== 'settled' || control[move] !== -1 || adversary[move] !== -1) continue
    const usages = found.get(from[move] as number) ?? []
    found.set(from[move] as number, usages)
    usages.push(usage[move] as number)
  }
  return found
}

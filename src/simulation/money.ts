import type { Random } from '../statistics/random.ts'
import type { Actor } from './actors.ts'
import { BLOCKS_A_DAY, moveKinds } from './chain.ts'
import { between } from './draw.ts'
import { inOrderOfTime, type Tape } from './tape.ts'
import type { World } from './world.ts'

const DOLLAR = 1_000_000n
const WEEK = 7

/**
 * Lets money into the market where a wallet would else pay what it has not, in round sums and up to a day before, and
 * out of it where a wallet is swept: at the end of a week goes what it held at the end of the one before.
 */
export function moveMoney(world: World): void {
  const random = world.random('money')
  const tape = world.recorder.tape()
  const accounts = openAccounts(world, random)
  let week = 0
  for (const move of inOrderOfTime(tape)) {
    const at = (tape.block[move] as number) / BLOCKS_A_DAY
    while (at >= (week + 1) * WEEK) accounts.sweep(++week * WEEK)
    accounts.apply(tape, move, at)
  }
  for (let last = 0; last < 2; last++) accounts.sweep(++week * WEEK)
}

function openAccounts(world: World, random: Random) {
  const { recorder } = world
  let balances = new BigInt64Array(1024)
  const held = new Map<Actor, bigint>()
  const balance = (wallet: Actor) => balances[wallet] ?? 0n
  const add = (wallet: Actor, amount: bigint) => {
    if (wallet >= balances.length) {
      const wider = new BigInt64Array(Math.max(wallet + 1, 2 * balances.length))
      wider.set(balances)
      balances = wider
    }
    balances[wallet] = balance(wallet) + amount
  }
  const send = (from: Actor, to: Actor, amount: bigint, at: number) => {
    const bridged = recorder.owner(from) === 'bridge'
    recorder[bridged ? 'bridge' : 'send']({ from, to, amount, at })
    add(from, -amount)
    add(to, amount)
  }
  return {
    apply(tape: Tape, move: number, at: number): void {
      const kind = moveKinds[tape.kind[move] as number]
      if (kind === 'native' || kind === 'used' || tape.chain[move] !== 0) return
      const [from, to] = [tape.from[move] as Actor, tape.to[move] as Actor]
      const amount = tape.amount[move] as bigint
      if (!world.isOutside(from) && kind !== 'bridge' && balance(from) < amount) {
        const wanted = roundSum((amount - balance(from)) * BigInt(2 + random.below(20)))
        send(world.outside(recorder.owner(from)), from, wanted, Math.max(0, at - between(random, 0.001, 1)))
      }
      add(from, -amount)
      add(to, amount)
    },
    sweep(at: number): void {
      for (const { wallet, to } of world.sweeps) {
        const before = held.get(wallet) ?? 0n
        const amount = before < balance(wallet) ? before : balance(wallet)
        held.set(wallet, balance(wallet) - amount)
        if (amount <= 0n) continue
        let from = wallet
        let time = at + between(random, 0, 0.5)
        for (const next of to === null ? world.wayOut(wallet) : [to]) {
          send(from, next, amount, time)
          from = next
          time += between(random, 0.01, 0.1)
        }
      }
    },
  }
}

/** The next sum that a person would take: 1, 2 or 5 times a power of ten dollars. */
export function roundSum(amount: bigint): bigint {
  for (let power = DOLLAR; ; power *= 10n)
    for (const digit of [1n, 2n, 5n]) if (digit * power >= amount) return digit * power
}

import { type Random, randomStream } from '../statistics/random.ts'
import { logNormal } from './draw.ts'
import { type Recorder, startRecording } from './recorder.ts'

export type Service = { readonly id: string; readonly payee: string; readonly price: number }

/** A market in the making: what every part of the simulation builds on. */
export type World = {
  readonly recorder: Recorder
  readonly days: number
  /** The most popular first. */
  readonly services: readonly Service[]
  /** Each part of the simulation draws from its own stream, so that adding one changes no other. */
  random(part: string): Random
  /** Where the money of a wallet comes from and goes to: an exchange that all use, or a wallet of its own. */
  outside(name: string): string
  /** A named wallet with some currency of the chain, sent to it before `at`. */
  join(name: string, at: number): string
}

const GAS = 10n ** 16n

/** Services of unequal popularity with a price list over several orders of magnitude, and nobody who uses them yet. */
export function openWorld(options: {
  readonly seed: number
  readonly services: number
  readonly days: number
  readonly throughExchange: boolean
}): World {
  const { seed, days } = options
  const recorder = startRecording(seed, days)
  const prices = randomStream(seed, 'prices')
  const outside = (name: string) => recorder.wallet(options.throughExchange ? 'exchange' : `outside ${name}`)
  const join = (name: string, at: number) => {
    const wallet = recorder.wallet(name)
    recorder.fund({ from: outside(name), to: wallet, amount: GAS, at: Math.max(0, at - 0.01) })
    return wallet
  }
  const services = Array.from({ length: options.services }, (_, i) => {
    const name = `service ${i}`
    return { id: name, payee: join(name, 0), price: logNormal(prices, 0.5, 1.5) }
  })
  return { recorder, days, services, random: (part) => randomStream(seed, part), outside, join }
}

/** Dollars in the smallest unit of the token, at least one. */
export function units(dollars: number): bigint {
  return BigInt(Math.max(1, Math.round(dollars * 1e6)))
}

import { type Random, randomStream } from '../statistics/random.ts'
import type { Actor } from './actors.ts'
import { logNormal, zipf } from './draw.ts'
import { type Purchase, type Recorder, startRecording } from './recorder.ts'
import { fitted, personTokens } from './timing.ts'

export type Service = {
  readonly id: string
  readonly payee: Actor
  /** Dollars for a call, or for a call of 1,410 tokens where it is priced by tokens. */
  readonly price: number
  readonly perCall: boolean
}

/** Where what a wallet has left goes at the end of a week; null: out of the market, by the way of its owner. */
export type Sweep = { readonly wallet: Actor; readonly to: Actor | null }

/** A market in the making: what every part of the simulation builds on. */
export type World = {
  readonly seed: number
  readonly recorder: Recorder
  readonly days: number
  /** Incentive programmes pay until this day. */
  readonly rewardedUntil: number
  /** The most popular first. */
  readonly services: readonly Service[]
  /** One of the services, by popularity. */
  pickService(random: Random): Service
  /** Each part of the simulation draws from its own stream, so that adding one changes no other. */
  random(part: string): Random
  /** Where the money of that owner comes from; such wallets never run dry. */
  outside(owner: string): Actor
  /** Wallets through which money of a wallet leaves the market, one after the other. */
  wayOut(wallet: Actor): readonly Actor[]
  isOutside(wallet: Actor): boolean
  /** A named wallet with some currency of the chain, sent to it before `at`. */
  join(name: string, at: number, owner?: string): Actor
  /** A service whose takings leave the market, week by week. */
  open(service: Service): Service
  sweep(sweep: Sweep): void
  readonly sweeps: readonly Sweep[]
}

export type WorldOptions = {
  readonly seed: number
  readonly services: number
  readonly days: number
  /** Name of the wallet from which the money of an owner comes. */
  sourceOf(owner: string): string
  /** Whether takings pass an address of their own on their way to an exchange. Default false. */
  readonly deposits?: boolean
}

const GAS = 10n ** 16n
const MEDIAN_TOKENS = fitted.personTokens[11] as number

/** Services of unequal popularity with a price list over several orders of magnitude, and nobody who uses them yet. */
export function openWorld({ seed, days, sourceOf, deposits = false, services: count }: WorldOptions): World {
  const recorder = startRecording(seed, days)
  const prices = randomStream(seed, 'prices')
  const sources = new Set<Actor>()
  const sweeps: Sweep[] = []
  const popularity = zipf(count)
  const isExchange = (wallet: Actor) => recorder.owner(wallet).startsWith('exchange')
  const outside = (owner: string) => {
    const source = recorder.wallet(sourceOf(owner))
    sources.add(source)
    return source
  }
  const join = (name: string, at: number, owner = name) => {
    const wallet = recorder.wallet(name, owner)
    recorder.fund({ from: outside(owner), to: wallet, amount: GAS, at: Math.max(0, at - 0.01) })
    return wallet
  }
  const open = (service: Service) => {
    sweeps.push({ wallet: service.payee, to: null })
    return service
  }
  const services = Array.from({ length: count }, (_, i) => {
    const id = `service ${i}`
    return open({ id, payee: join(id, 0), price: logNormal(prices, 0.5, 1.5), perCall: i % 2 === 1 })
  })
  return {
    seed,
    recorder,
    days,
    rewardedUntil: 0.7 * days,
    services,
    pickService: (random) => services[popularity(random)] as Service,
    random: (part) => randomStream(seed, part),
    outside,
    wayOut: (wallet) => {
      const owner = recorder.owner(wallet)
      const last = outside(owner)
      return deposits && isExchange(last)
        ? [recorder.wallet(`deposit of ${owner}`, recorder.owner(last)), last]
        : [last]
    },
    isOutside: (wallet) => sources.has(wallet),
    join,
    open,
    sweep: (sweep) => void sweeps.push(sweep),
    sweeps,
  }
}

/** Dollars in the smallest unit of the token, at least one. */
export function units(dollars: number): bigint {
  return BigInt(Math.max(1, Math.round(dollars * 1e6)))
}

/** What a use of so many tokens costs by the price list. */
export function listPrice({ price, perCall }: Service, tokens: number): bigint {
  return units(perCall ? price : (price * tokens) / MEDIAN_TOKENS)
}

/** One use of a service at its list price, of a size that people ask for unless it is said. */
export function buy(
  random: Random,
  from: Actor,
  service: Service,
  at: number,
  more: Partial<Pick<Purchase, 'units' | 'control' | 'payload' | 'sender' | 'disclosed'>> = {},
): Purchase {
  const tokens = more.units ?? personTokens(random)
  // Spread last: V8 takes far longer over an object that begins with a spread.
  return {
    from,
    to: service.payee,
    service: service.id,
    at,
    amount: listPrice(service, tokens),
    units: tokens,
    ...more,
  }
}

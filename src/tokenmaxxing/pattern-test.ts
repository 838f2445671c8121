import type { Feature } from '../features/feature.ts'
import type { Random } from '../statistics/random.ts'

type Features = { readonly [name: string]: Feature<never> | Feature<unknown> }
type ValuesOf<features extends Features> = {
  readonly [name in keyof features]: features[name] extends Feature<infer value> ? value : never
}

/** One number that a reader can take away, with its 95 % interval; low and high null: an exact count. */
export type Effect = {
  readonly name: string
  readonly value: number
  readonly low: number | null
  readonly high: number | null
}

/** What a test says of one programme, target, date or cut. */
export type PatternGroup = {
  /** Such as `staking 0x12…, target 4`. */
  readonly group: string
  /** Windows, users or events that it rests on. */
  readonly size: number
  readonly pValue: number
  readonly effect: Effect
}

/** What a test says. `lacks`: the data, in words, with which it would be testable. */
export type PatternResult =
  | {
      readonly status: 'tested'
      /** Over all groups, corrected for how many there are. */
      readonly pValue: number
      readonly effect: Effect
      /** One sentence with the numbers on which it rests. */
      readonly statement: string
      readonly groups: readonly PatternGroup[]
    }
  | { readonly status: 'untestable'; readonly lacks: readonly string[] }

/** An honest story that looks like the pattern; `staysOpen` false: the test rules it out by construction. */
export type PatternStory = {
  readonly id: string
  readonly story: string
  readonly mitigation: string
  readonly staysOpen: boolean
}

/** One phrase of the cautionary tale, turned into a claim that data can contradict. */
export type PatternTest<
  features extends Features = Features,
  options extends { readonly [name: string]: number } = { readonly [name: string]: number },
> = {
  /** H1 to H12 of the science page. */
  readonly id: `H${number}`
  readonly name: string
  /** The words of the tale. */
  readonly phrase: string
  readonly claim: string
  /** Whether it can fire; what is context only never does. */
  readonly role: 'test' | 'context'
  readonly requires: features
  /** Every threshold; there is none in the code. */
  readonly options: options
  readonly statistic: { readonly name: string; readonly definition: string }
  readonly nullModel: { readonly name: string; readonly exchangeable: string; readonly heldFixed: string }
  readonly falsePositives: readonly PatternStory[]
  readonly blindSpots: readonly string[]
  readonly references: readonly { readonly title: string; readonly url: string }[]
  /** Pure and synchronous: the same inputs, options and stream give the same result. */
  measure(inputs: ValuesOf<features>, context: { readonly options: options; readonly random: Random }): PatternResult
}

export function definePattern<
  const features extends Features,
  const options extends { readonly [name: string]: number },
>(test: PatternTest<features, options>): PatternTest<features, options> {
  return test
}

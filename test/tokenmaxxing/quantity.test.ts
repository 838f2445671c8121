import { describe, expect, it } from 'vitest'
import { type Random, randomStream } from '../../src/statistics/random.ts'
import { quantity } from '../../src/tokenmaxxing/quantity.ts'
import { type CutStory, cutStory, type Subject, unequalShare } from '../support/cut-story.ts'
import { testPattern } from '../support/test-pattern.ts'

type Story = CutStory & {
  /** Factor by which the rewarded inflate what is counted until the date. */
  readonly inflating?: number
  /** Factor of what everybody’s requests cost from the date on. */
  readonly price?: number
  /** Of the log of what one request counts. */
  readonly spread?: number
  readonly tell?: 'payload' | 'value' | 'counted value' | 'nothing'
}

/** Requests that count their units; of each subject some ask the same again, and all are paid by what they are worth. */
function story(random: Random, told: Story = {}) {
  const { inflating = 1, price = 1, spread = 1, tell = 'payload', ...cut } = told
  let fresh = 1_000_000
  const asks = ({ number, isRewarded }: Subject) => {
    const repeating = unequalShare(random, 0.25)
    const usual = Math.exp(random.normal())
    return (isAfter: boolean) => {
      const worth = usual * Math.exp(spread * random.normal())
      const counted = worth * (isRewarded && !isAfter ? inflating : 1)
      const value = worth * (isAfter ? price : 1) * Math.exp(0.3 * random.normal())
      if (tell === 'payload') return { counted, payload: random.next() < repeating ? number : fresh++ }
      if (tell === 'value') return { counted, value }
      return tell === 'nothing' ? { counted } : { counted: value, value }
    }
  }
  return cutStory(random, asks, cut)
}

testPattern(quantity, {
  draw: (random) => story(random, { tell: random.pick(['payload', 'value']) }),
  plant: (random) => story(random, { inflating: 2 }),
  power: 0.9,
  traps: {
    'fewer-requests': (random) => story(random, { drop: 0.6 }),
    'price-cut': (random) => story(random, { tell: 'value', price: 0.2 }),
    'large-answers': (random) => story(random, { spread: 2.5 }),
  },
  untestable: {
    'whose payload is known': (random) => story(random, { tell: 'nothing' }),
    'where it is not what counts': (random) => story(random, { tell: 'counted value' }),
    'of 10 subjects each': (random) => story(random, { rewarded: 5 }),
    'the date at which it ended': (random) => story(random, { cuts: [] }),
  },
})

describe('H7', () => {
  it.each(['payload', 'value'] as const)(
    'holds the planted factor within its interval 19 times of 20, by %s',
    (tell) => {
      let held = 0
      for (let seed = 1; seed <= 60; seed++) {
        const inputs = story(randomStream(seed, `planted factor by ${tell}`), { inflating: 1.5, tell })
        const result = quantity.measure(inputs, { options: quantity.options, random: randomStream(1, 'H7') })
        if (result.status !== 'tested') throw new Error('not tested')
        if (result.effect.low! <= 0.5 && result.effect.high! >= 0.5) held++
      }
      expect(held).toBeGreaterThanOrEqual(54)
    },
  )
})

import type { Random } from '../../src/statistics/random.ts'
import { visibleInvisible } from '../../src/tokenmaxxing/visible-invisible.ts'
import { draftCalendar, draftWindows, WEEK } from '../support/draft-windows.ts'
import { testPattern } from '../support/test-pattern.ts'

type Story = {
  readonly payers?: number
  /** Share of next to worthless payments that a payer makes beyond its own while usage is shown. */
  readonly padding?: number
  /** Share of payers who come only once the programme has begun, with small payments. */
  readonly newcomers?: number
  readonly oneAgent?: boolean
}

function story(random: Random, { payers = 25, padding = 0, newcomers = 0, oneAgent = false }: Story = {}) {
  const rows: { payer: number; time: number; value: number }[] = []
  for (let payer = 0; payer < payers; payer++) {
    const isNew = random.next() < newcomers
    const small = isNew ? 0.7 : 0.15 * random.next()
    const count = 4 + Math.floor(12 * random.exponential())
    for (let k = 0; k < 2 * count; k++) {
      const isShown = k >= count
      if (isNew && !isShown) continue
      const pads = isShown && (oneAgent ? payer === 0 : random.next() < padding)
      const value = pads || random.next() < small ? 0.01 : Math.exp(0.5 * random.normal())
      rows.push({ payer, time: (isShown ? 1.5 : 0.5) * WEEK, value })
    }
  }
  const whole = (value: number) => new Int32Array(rows.length).fill(value)
  const value = Float64Array.from(rows, (row) => row.value)
  const payments = {
    ...{ payer: Int32Array.from(rows, ({ payer }) => payer), payee: whole(payers), service: whole(0), asset: whole(0) },
    ...{ time: Float64Array.from(rows, ({ time }) => time), amount: value, value },
  }
  const windows = draftWindows([{ subject: 0, at: 1, counted: 3, target: 2 }])
  return { economy: { payments }, windows, calendar: draftCalendar('public') }
}

testPattern(visibleInvisible, {
  draw: (random) => story(random),
  plant: (random) => story(random, { padding: 0.25 }),
  power: 0.85,
  traps: {
    'new-customers': (random) => story(random, { newcomers: 0.5, payers: 40 }),
    'one-agent': (random) => story(random, { oneAgent: true }),
  },
  untestable: { 'payments of known value': (random) => story(random, { payers: 4 }) },
})

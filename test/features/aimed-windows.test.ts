import { describe, expect, it } from 'vitest'
import { aimedWindows } from '../../src/features/aimed-windows.ts'
import { programmeEnd, visibleUntil } from '../../src/features/programmes.ts'
import { subjectUsage } from '../../src/features/subject-usage.ts'
import type { Programme, Window } from '../../src/records/context.ts'
import { withLedger } from '../support/ledger-with.ts'
import { usageEvent } from '../support/records.ts'

const DAY = 86_400_000
const FIRST = Date.parse('2026-01-05T00:00:00Z')
const at = (day: number) => FIRST + day * DAY

const use = (day: number, fields: Parameters<typeof usageEvent>[0] = {}) => {
  const timestamp = at(day)
  const usage_id = `${day}-${fields.consumer}-${fields.protocol}`
  return usageEvent({ kind: 'requested', tx_hash: `0x${usage_id}`, usage_id, timestamp, unit_kind: 'token', ...fields })
}
const window = (day: number, fields: Partial<Window> & { readonly subject: string }): Window => ({
  ...{ protocol: 'test', programme: 'daily', source: 'test', from_time: at(day), to_time: at(day + 1) },
  ...{ counted: null, target: null, reward: null, ...fields },
})
const programme = (fields: Partial<Programme>): Programme => ({
  ...{ protocol: 'test', programme: 'daily', chain: null, counted: 'token', rank_cut: null },
  ...{ visibility: null, url: null, source: 'test', ...fields },
})
const rows = ({ aimed, counted, from }: { aimed: Uint8Array; counted: Float64Array; from: Float64Array }) =>
  [...from.keys()].map((row) => [(from[row]! - FIRST) / DAY, counted[row], aimed[row]])

const uses = [0.5, 1.2, 1.4, 2.5, 3.5, 3.6].map((day, i) => use(day, { consumer: 'ada', units: BigInt(10 * (i + 1)) }))

describe('aimedWindows', () => {
  it('fills counts from usage, and takes those after the board was hidden for idle', () =>
    withLedger(
      {
        usage_events: [...uses, use(1.3, { consumer: 'ada', protocol: 'other', units: 999n })],
        windows: [1, 2].map((day) => window(day, { subject: 'ada', target: 40n })),
        programmes: [programme({ visibility: 'public until 2026-01-07' })],
      },
      async ({ context }) => {
        const windows = await context.get(aimedWindows)
        expect(windows.programmes).toEqual([{ protocol: 'test', programme: 'daily', counts: 'units' }])
        // The day before and the day after lie outside the programme, within what ada used.
        expect(rows(windows)).toEqual([
          [1, 50, 1],
          [2, 40, 0],
        ])
      },
    ))

  it('cuts windows from usage around a programme that counts what usage holds', () =>
    withLedger(
      {
        usage_events: [use(-0.9, { consumer: 'ada', units: 1n }), ...uses, use(4.2, { consumer: 'ada', units: 7n })],
        windows: [window(1, { subject: 'ada', target: 40n, counted: 2n }), window(2, { subject: 'ada', counted: 1n })],
        programmes: [programme({ counted: 'jobs' })],
      },
      async ({ context }) => {
        const windows = await context.get(aimedWindows)
        expect(windows.programmes[0]!.counts).toBe('asked')
        expect(rows(windows)).toEqual([
          [1, 2, 1],
          [2, 1, 0],
          [0, 1, 0],
          [3, 2, 0],
        ])
      },
    ))

  it('cuts none where the programme counts something else', () =>
    withLedger(
      { usage_events: uses, windows: [window(1, { subject: 'ada', target: 40n, counted: 80n })] },
      async ({ context }) => {
        const windows = await context.get(aimedWindows)
        expect(windows.programmes[0]!.counts).toBeNull()
        expect(rows(windows)).toEqual([[1, 80, 1]])
      },
    ))

  it('takes for the usage of a subject that is no party what it owns', () => {
    const link = { chain: 'eip155:1', kind: 'owner', from_block: 1, to_block: null, source: 'test' } as const
    const settled = use(2.2, { consumer: 'bob', provider: 'mech', kind: 'settled', units: null })
    return withLedger(
      {
        usage_events: [use(1.2, { consumer: 'safe', provider: 'x' }), settled],
        links: ['safe', 'mech'].map((subject) => ({ ...link, subject, object: 'service' })),
        windows: [window(1, { subject: 'service', target: 1n })],
        programmes: [programme({ counted: 'requests' })],
      },
      async ({ context }) => {
        const { offsets, side, time, units } = await context.get(subjectUsage)
        expect([...offsets]).toEqual([0, 2])
        expect([...side]).toEqual([0, 1])
        expect([...time]).toEqual([at(1.2), at(2.2)])
        expect([...units]).toEqual([Number.NaN, Number.NaN])
        expect(rows(await context.get(aimedWindows))).toEqual([[1, 1, 1]])
      },
    )
  })
})

describe('a programme', () => {
  it('is shown until its date, for good, or never', () => {
    expect(visibleUntil('public until 2026-01-07')).toBe(at(2))
    expect(visibleUntil('public')).toBe(Number.POSITIVE_INFINITY)
    expect(visibleUntil('private')).toBe(Number.NEGATIVE_INFINITY)
  })

  it('ends with the last of its terms', () => {
    expect(programmeEnd([])).toBe(Number.POSITIVE_INFINITY)
    expect(programmeEnd([{ to: 5 }, { to: null }])).toBe(Number.POSITIVE_INFINITY)
    expect(programmeEnd([{ to: 5 }, { to: 9 }])).toBe(9)
  })
})

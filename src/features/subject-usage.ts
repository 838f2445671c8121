import { countedUsage } from './counted-usage.ts'
import { defineFeature } from './feature.ts'
import { programmeWindows } from './programme-windows.ts'

/** What the subjects of programme windows asked and delivered, subject by subject in order of time. */
export type SubjectUsage = {
  readonly protocols: readonly string[]
  /** Rows of subject s: from `offsets[s]` to `offsets[s + 1]`. */
  readonly offsets: Int32Array
  readonly protocol: Int32Array
  /** 0: it asked, 1: it delivered. */
  readonly side: Int32Array
  /** UTC ms. */
  readonly time: Float64Array
  /** NaN: not known. */
  readonly units: Float64Array
  /** Number of the counted usage; −1: it is not counted. */
  readonly usage: Int32Array
}

export const subjectUsage = defineFeature({
  id: 'subject-usage',
  reads: ['usage_events', 'windows'],
  async compute({ ledger, window, get }): Promise<SubjectUsage> {
    await get(countedUsage)
    const { subjects, programmes } = await get(programmeWindows)
    const columns = await ledger.columns('subject-usage', { from_time: window.from, to_time: window.to })
    const subject = columns.subject_index as Int32Array
    const offsets = new Int32Array(subjects.length + 1)
    for (const one of subject) offsets[one + 1]!++
    for (let s = 0; s < subjects.length; s++) offsets[s + 1]! += offsets[s]!
    return {
      protocols: [...new Set(programmes.map(({ protocol }) => protocol))].sort(),
      offsets,
      protocol: columns.protocol_index as Int32Array,
      side: columns.side as Int32Array,
      time: Float64Array.from(columns.used_at as BigInt64Array, Number),
      units: Float64Array.from(columns.units as BigInt64Array, (units) => (units < 0n ? Number.NaN : Number(units))),
      usage: columns.usage_index as Int32Array,
    }
  },
})

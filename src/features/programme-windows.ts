import { defineFeature } from './feature.ts'

/**
 * Windows in which programmes count the usage of subjects, as the programme itself cuts time (for Olas from checkpoint to
 * checkpoint): one row a window, subject by subject in order of time. NaN: not known.
 */
export type ProgrammeWindows = {
  readonly programmes: readonly { readonly protocol: string; readonly programme: string }[]
  readonly subjects: readonly string[]
  /** Number of the programme and of the subject of each window. */
  readonly programme: Int32Array
  readonly subject: Int32Array
  /** UTC ms, half-open. */
  readonly from: Float64Array
  readonly to: Float64Array
  /** In the unit that the programme counts. */
  readonly counted: Float64Array
  readonly target: Float64Array
  /** In the smallest unit of the reward's asset. */
  readonly reward: Float64Array
}

export const programmeWindows = defineFeature({
  id: 'programme-windows',
  reads: ['windows'],
  async compute({ ledger, window }): Promise<ProgrammeWindows> {
    const bounds = { from_time: window.from, to_time: window.to }
    const columns = await ledger.columns('programme-windows', bounds)
    const names = await ledger.rows('programme-window-names', bounds)
    const known = (name: string) =>
      Float64Array.from(columns[name] as BigInt64Array, (value) => (value < 0n ? Number.NaN : Number(value)))
    return {
      programmes: names
        .filter(({ kind }) => kind === 'programme')
        .map(({ protocol, name }) => ({ protocol: String(protocol), programme: String(name) })),
      subjects: names.filter(({ kind }) => kind === 'subject').map(({ name }) => String(name)),
      programme: columns.programme_index as Int32Array,
      subject: columns.subject_index as Int32Array,
      from: known('from_time'),
      to: known('to_time'),
      counted: known('counted'),
      target: known('target'),
      reward: known('reward'),
    }
  },
})

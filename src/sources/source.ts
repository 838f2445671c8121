import { WashboardError } from '../errors.ts'
import type { BlockRange } from '../records/block-range.ts'

/** One question to a chain: what `covered` and coverage rows are keyed by. */
export type Want = {
  readonly source: string
  readonly protocol: string
  readonly chain: string
  readonly table: string
  readonly spec: string
}

/** Tells which blocks a want has been answered for already. */
export type Covered = (want: Want) => Promise<readonly BlockRange[]>

/** What a source says while it works; the CLI draws it, a library may ignore it. */
export type Progress = (event: {
  readonly stage: string
  readonly done: number
  readonly total: number
  readonly rows: number
}) => void

/** The upstream failed, or its answer cannot be used. */
export class SourceError extends WashboardError {
  override readonly name: string = 'SourceError'
  override readonly exitCode: number = 3
}

/** Two answers contradict each other. Never retried away. */
export class InconsistentSourceError extends SourceError {
  override readonly name = 'InconsistentSourceError'
}

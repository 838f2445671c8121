import type { CoverageGap } from '../features/coverage-gaps.ts'
import type { SqlRow } from '../ledger/ledger.ts'
import type { Report } from '../report/report.ts'

type Missing = Report['missing']

type Facts = {
  readonly coverage: readonly SqlRow[]
  readonly gaps: readonly CoverageGap[]
  /** Counted usages, and those with an amount but no transfer of their own. */
  readonly usages: number
  readonly unsettled: number
  /** Null: transfers were not collected. */
  readonly payers: { readonly all: number; readonly unfunded: number } | null
}

/** How much of what was asked for is not there. The rows of a file have no blocks: nobody here can tell what it left out. */
export function missingSection({ coverage, gaps, usages, unsettled, payers }: Facts): Missing {
  const length = (from: number, to: number) => to - from + 1
  const covered = coverage.reduce(
    (sum, row) => sum + (row.from_block === null ? 0 : length(Number(row.from_block), Number(row.to_block))),
    0,
  )
  const missing = gaps.reduce((sum, { from, to }) => sum + length(from, to), 0)
  return {
    blocks:
      covered === 0
        ? { status: 'unavailable', reason: 'no block range was collected' }
        : { status: 'measured', covered, missing, share: missing / (covered + missing) },
    usagesWithoutTransfer:
      usages === 0
        ? { status: 'unavailable', reason: 'no usage was counted' }
        : { status: 'measured', usages: unsettled, share: Math.min(1, unsettled / usages) },
    payersWithoutFunder:
      payers === null || payers.all === 0
        ? { status: 'unavailable', reason: 'transfers were not collected' }
        : { status: 'measured', payers: payers.unfunded, share: payers.unfunded / payers.all },
  }
}

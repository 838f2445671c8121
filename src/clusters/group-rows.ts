/** Rows by owner, each owner's in the order in which they were added: `offsets[owner]` up to `offsets[owner + 1]`. */
export type GroupedRows = { readonly offsets: Int32Array; readonly rows: Int32Array }

/**
 * Groups rows 0 … `size` − 1 by a counting sort: `visit` is asked twice for each row, and names its owners, none, one or
 * several of `owners`.
 */
export function groupRows(
  owners: number,
  size: number,
  visit: (row: number, add: (owner: number) => void) => void,
): GroupedRows {
  const offsets = new Int32Array(owners + 1)
  for (let row = 0; row < size; row += 1)
    visit(row, (owner) => {
      offsets[owner + 1]!++
    })
  for (let owner = 0; owner < owners; owner += 1) offsets[owner + 1]! += offsets[owner]!
  const next = offsets.slice(0, owners)
  const rows = new Int32Array(offsets[owners]!)
  for (let row = 0; row < size; row += 1)
    visit(row, (owner) => {
      rows[next[owner]!++] = row
    })
  return { offsets, rows }
}

/** The rows of one owner. */
export const rowsOf = ({ offsets, rows }: GroupedRows, owner: number): Int32Array =>
  rows.subarray(offsets[owner]!, offsets[owner + 1]!)

/** Rows below `count` that hold, in rising order: what a filter over all numbers gives, without making them first. */
export function rowsWhere(count: number, holds: (row: number) => boolean): number[] {
  const rows: number[] = []
  for (let row = 0; row < count; row += 1) if (holds(row)) rows.push(row)
  return rows
}

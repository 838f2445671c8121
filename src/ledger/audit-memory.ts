import { stat } from 'node:fs/promises'
import { totalmem } from 'node:os'

const MEGABYTE = 2 ** 20
/** Below this a query on any ledger would spill at once. */
const LEAST = 320 * MEGABYTE
const SHARE_OF_FILE = 0.9
const SHARE_OF_MACHINE = 0.8

/**
 * What DuckDB may use to audit the ledger at a path, as it takes it: nine tenths of the file, so that memory follows the
 * ledger and not the machine. Beyond it queries spill to disk beside the ledger, and say the same.
 */
export async function auditMemory(path: string): Promise<string> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  )
  const bytes = Math.min(totalmem() * SHARE_OF_MACHINE, Math.max(LEAST, size * SHARE_OF_FILE))
  return `${Math.round(bytes / MEGABYTE)}MiB`
}

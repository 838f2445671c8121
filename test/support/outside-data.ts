import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'vitest'

/** Path of a file of the outside data, or null where it is not here. */
export function outsideData(path: string): string | null {
  const root = process.env.WASHBOARD_DATA
  if (root === undefined || root === '') return null
  const full = join(root, path)
  return existsSync(full) ? full : null
}

/** A test on outside data; where that is missing it is skipped and says which file it needs. */
export function itWithData(
  name: string,
  paths: readonly string[],
  run: (...files: readonly string[]) => void | Promise<void>,
): void {
  it(name, async (context) => {
    const missing = paths.filter((path) => outsideData(path) === null)
    if (missing.length > 0) {
      context.skip(`not run: needs ${missing.map((path) => `WASHBOARD_DATA/${path}`).join(', ')}`)
    }
    await run(...paths.map((path) => outsideData(path)!))
  })
}

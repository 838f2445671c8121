import { link, readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/**
 * Makes a ledger beside its place and puts it there whole: a process that is killed in the middle leaves nothing at the
 * path, and of two that start together one finds the ledger of the other.
 */
export async function createWhole(path: string, make: (draft: string) => Promise<void>): Promise<void> {
  await removeLeftDrafts(path)
  const draft = `${path}${DRAFT}${process.pid}`
  try {
    await make(draft)
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(draft, { force: true })
    await rm(`${draft}.wal`, { force: true })
  }
}

const DRAFT = '.draft-'

/** Drafts of processes that are gone. */
async function removeLeftDrafts(path: string): Promise<void> {
  const folder = dirname(path)
  const start = `${basename(path)}${DRAFT}`
  for (const name of await readdir(folder).catch(() => [])) {
    const owner = Number.parseInt(name.slice(start.length), 10)
    if (name.startsWith(start) && !isRunning(owner)) await rm(join(folder, name), { force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

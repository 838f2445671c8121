import { InconsistentSourceError } from '../source.ts'

/**
 * The hashes under which blocks have been seen, those of earlier runs among them. A chain that was final once has one
 * hash a block; a second one is a contradiction, whoever gave it.
 */
export type BlockHashes = {
  see(block: number, hash: string): void
}

export function blockHashes(chain: string): BlockHashes {
  const hashes = new Map<number, string>()
  return {
    see(block, hash) {
      const before = hashes.get(block)
      if (before === undefined) hashes.set(block, hash)
      else if (before !== hash) throw otherThanBefore(chain, block, before, hash)
    },
  }
}

function otherThanBefore(chain: string, block: number, before: string, now: string): InconsistentSourceError {
  return new InconsistentSourceError(`${chain} gave two hashes for block ${block}.`, {
    details: [`before: ${before}`, `now: ${now}`],
    fix: 'Compare both with a block explorer. If the chain was really reorganised, run the same command again; if not, use another endpoint.',
  })
}

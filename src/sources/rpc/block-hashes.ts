import { InconsistentSourceError } from '../source.ts'

/**
 * The hashes under which blocks have been seen, those of earlier runs among them. A chain that was final once has one
 * hash a block; a second one is a contradiction, whoever gave it.
 */
export type BlockHashes = {
  see(block: number, hash: string): void
}

export function blockHashes(chain: string, known: Iterable<readonly [block: number, hash: string]> = []): BlockHashes {
  const hashes = new Map(known)
  return {
    see(block, hash) {
      const before = hashes.get(block)
      if (before === undefined) hashes.set(block, hash)
      else if (before !== hash) throw new OrphanedBlockError(chain, block, before, hash)
    },
  }
}

/** A block that was read as final has another hash now: the chain was reorganised, or a node follows another one. */
export class OrphanedBlockError extends InconsistentSourceError {
  readonly block: number

  constructor(chain: string, block: number, before: string, now: string) {
    super(`${chain} gave two hashes for block ${block}.`, {
      details: [`before: ${before}`, `now: ${now}`],
      fix: 'Compare both with a block explorer. If the chain was really reorganised, run the same command again; if not, use another endpoint.',
    })
    this.block = block
  }
}

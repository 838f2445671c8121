import { blockHashes } from '../../src/sources/rpc/block-hashes.ts'
import type { RpcClient } from '../../src/sources/rpc/client.ts'
import type { Reading } from '../../src/sources/rpc/reading.ts'

/** A reading of a fresh ledger, as `collect` would start it. */
export function readingOf(client: RpcClient, options: Partial<Reading> & Pick<Reading, 'range'>): Reading {
  return {
    client,
    covered: async () => [],
    hashes: blockHashes(client.chain),
    seed: 'test',
    paranoid: false,
    checked: () => undefined,
    concurrency: 3,
    ...options,
  }
}

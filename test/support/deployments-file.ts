import { writeFile } from 'node:fs/promises'
import type { OlasChain } from './olas-chain.ts'

/** What `--deployments` reads to find a chain of tests. */
export async function writeDeployments({ protocol }: OlasChain, path: string): Promise<void> {
  const deployments = protocol.deployments.map(({ verified: _, source: __, ...deployment }) => deployment)
  await writeFile(path, JSON.stringify({ deployments, assets: protocol.assets }))
}

import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Audit } from '../audit.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { canonicalJson } from '../report/canonical-json.ts'
import { reportSchema } from '../report/report.ts'
import { VERSION } from '../version.ts'

/** What happened outside the audit: when, on what, for how long. Kept apart, so that the report stays a pure function. */
export type RunFacts = { readonly startedAt: string; readonly seconds: number }

/**
 * Writes `report.json`, `evidence/*.parquet`, and `manifest.json` with the SHA-256 of each, and `run.json` beside them.
 * Each file appears whole or not at all. Returns the paths, the report first.
 */
export async function writeBundle(ledger: Ledger, audit: Audit, path: string, run?: RunFacts): Promise<string[]> {
  const folder = dirname(path)
  const evidence = join(folder, 'evidence')
  await mkdir(evidence, { recursive: true })
  const text = canonicalJson(reportSchema.parse(audit.report))
  await writeWhole(path, text)
  for (const old of await readdir(evidence)) if (old.endsWith('.parquet')) await rm(join(evidence, old))
  for (const file of audit.evidence) await ledger.writeParquet(file.query, join(evidence, file.name), file.parameters)
  const names = [basename(path), ...audit.evidence.map((file) => `evidence/${file.name}`)]
  const files = await Promise.all(names.map(async (name) => ({ name, sha256: await sha256(join(folder, name)) })))
  await writeWhole(join(folder, 'manifest.json'), canonicalJson({ schemaVersion: 1, files }))
  if (run !== undefined) {
    const machine = { node: process.version, platform: `${process.platform}-${process.arch}`, version: VERSION }
    await writeWhole(join(folder, 'run.json'), canonicalJson({ ...machine, ...run }))
  }
  return [path, join(folder, 'manifest.json'), ...audit.evidence.map((file) => join(evidence, file.name))]
}

/** Writes beside the target and renames, so that a reader never meets half a file. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const partial = `${path}.partial`
  await writeFile(partial, text)
  await rename(partial, path)
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

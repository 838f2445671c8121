import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { simulateScenario } from '../../src/simulation/index.ts'
import { writeSimulation } from '../../src/workflows/write-simulation.ts'

const script = fileURLToPath(new URL('../support/read-thrice.mjs', import.meta.url))

// In a process of its own: readers that share a folder to spill into end it with a fault.
test('readers of one ledger that spill at the same time all count the same, and leave nothing behind', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'washboard-readers-'))
  try {
    await writeSimulation(simulateScenario({ scenario: 'mixed', seed: 1, records: 300_000 }), folder)
    const path = join(folder, 'ledger.duckdb')
    const { stdout } = await promisify(execFile)(process.execPath, [script, path])
    const counts = JSON.parse(stdout) as number[]
    expect(counts[0]).toBeGreaterThan(50_000)
    expect(counts).toEqual([counts[0], counts[0], counts[0]])
    const left = await readdir(folder)
    expect(left.filter((name) => name.includes('.tmp'))).toEqual([])
  } finally {
    await rm(folder, { recursive: true })
  }
})

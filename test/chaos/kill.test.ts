import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pLimit from 'p-limit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/duckdb.ts'
import { randomStream } from '../../src/statistics/random.ts'
import { writeDeployments } from '../support/deployments-file.ts'
import { type OlasChain, startOlasChain } from '../support/olas-chain.ts'

const RUNS = Number(process.env.WASHBOARD_KILLS ?? 200)
const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url))

let chain: OlasChain
let folder: string
let truth: string
/** How long an uninterrupted run takes, in ms. */
let whole: number

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'washboard-kill-'))
  chain = await startOlasChain()
  await writeDeployments(chain, join(folder, 'deployments.json'))
  await finished(collecting('warm.duckdb'))
  const started = Date.now()
  expect(await finished(collecting('whole.duckdb'))).toBe(0)
  whole = Date.now() - started
  truth = await hashOf('whole.duckdb')
}, 120_000)

afterAll(async () => {
  await chain.anvil.stop()
  await rm(folder, { recursive: true, force: true })
})

/** The built program, collecting in small pieces so that there are many moments between them. */
function collecting(ledger: string): ChildProcess {
  const flags = ['--rpc', `31337=${chain.anvil.url}`, '--deployments', 'deployments.json', '--to', String(chain.head)]
  const args = ['collect', 'olas-mech', '--ledger', ledger, '--chunk-blocks', '12', '--quiet', ...flags]
  return spawn(process.execPath, [main, ...args], { cwd: folder, stdio: 'ignore' })
}

/** The exit code; null for a process that was killed. */
const finished = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', resolve))

async function hashOf(name: string): Promise<string> {
  const ledger = await openLedger(join(folder, name), { threads: 1 })
  const hash = await ledger.hash()
  ledger.close()
  return hash
}

describe(`${RUNS} collections killed with SIGKILL`, () => {
  it('hold the same as one that was not, once they are resumed', { timeout: 3_600_000 }, async () => {
    const random = randomStream(1, 'kill')
    const moments = Array.from({ length: RUNS }, () => random.next() * 1.1)
    const limit = pLimit(2)
    const killed = await Promise.all(moments.map((moment, i) => limit(() => killAndResume(moment, `${i}.duckdb`))))
    console.log(`${killed.filter(Boolean).length} of ${RUNS} runs were killed before their end`)
    // A moment past the end kills nothing; most must hit.
    expect(killed.filter(Boolean).length).toBeGreaterThan(RUNS / 2)
  })
})

async function killAndResume(moment: number, name: string): Promise<boolean> {
  const child = collecting(name)
  const end = finished(child)
  const timer = setTimeout(() => child.kill('SIGKILL'), moment * whole)
  const code = await end
  clearTimeout(timer)
  expect(await finished(collecting(name))).toBe(0)
  expect(await hashOf(name)).toBe(truth)
  await rm(join(folder, name), { force: true })
  return code === null
}

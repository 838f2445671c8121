import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/duckdb.ts'
import { washboard } from '../support/cli.ts'
import { programmeFacts } from '../support/programme-facts.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'washboard-incentives-'))
  const ledger = await openLedger(join(folder, 'washboard.duckdb'))
  await ledger.append({ facts: programmeFacts() })
  ledger.close()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const run = (...args: string[]) => washboard(['incentives', ...args], { cwd: folder })

describe('washboard incentives', () => {
  it('prints where rewards went, what usage cost, and what other terms would change', async () => {
    const { code, stdout, stderr } = await run('--what-if', 'target=4', '--what-if', 'rate=0.5')
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain('asks (test), to 1970-01-03')
    expect(stdout).toContain('107 TOK; to W0 to W4 46.7 %')
    expect(stdout).toMatch(/W0 {2,}1 {2,}50 \[.*46\.7 % .*30 TOK .*10 \[10, 10\] TOK a unit, 60 % .* 1\.67$/m)
    expect(stdout).toMatch(/What if target=4: rewards 107 → 57 TOK, counted 8 → 8/)
    expect(stdout).toMatch(/Assumed: .*they stop altogether where the reward would not exceed/)
    expect(stdout).toMatch(/W4: unavailable, whether usage stops at a target could not be tested/)
    expect(stdout).toMatch(/Gas: a ledger holds no gas/)
  })

  it('prints the same as JSON', async () => {
    const { code, stdout } = await run('--json', '--programme', 'asks', '--from', '1970-01-02')
    const { programmes, window } = JSON.parse(stdout)
    expect([code, window, programmes[0].whole.rewards[0].amount]).toEqual([0, { from: 86_400_000, to: null }, '100'])
  })

  it.each([
    [['--what-if', 'pool=3'], /"pool=3" is no other target or rate/],
    [['--programme', 'other'], /knows no programme other/],
    [['--ledger', 'none.duckdb'], /none\.duckdb/],
  ])('fails with a sentence and a fix for %j', async (args, sentence) => {
    const { code, stdout, stderr } = await run(...args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(sentence)
    expect(stderr).toMatch(/Fix: /)
  })
})

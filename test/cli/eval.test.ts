import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { washboard } from '../support/cli.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'washboard-eval-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const evaluated = async (...flags: string[]) => {
  const worlds = ['--scenarios', 'A3', '--seeds', '1', '--records', '10000', '--output', 'e.md', '--json']
  const { code, stdout, stderr } = await washboard(['eval', ...worlds, ...flags], { cwd: folder })
  expect(stderr).not.toMatch(/Error/)
  expect(code).toBe(0)
  return JSON.parse(stdout)
}

describe('eval', () => {
  it('says the same of worlds that processes share among them', async () => {
    const untimed = ({ scenarios, ...rest }: { scenarios: object[] }) => ({
      ...rest,
      scenarios: scenarios.map((row) => ({ ...row, seconds: null })),
    })
    expect(untimed(await evaluated('--jobs', '2'))).toEqual(untimed(await evaluated()))
    expect(await readFile(join(folder, 'e.md'), 'utf8')).toMatch(/^# Evaluation/)
  })

  it('does so for clusters alone', async () => {
    const shared = await evaluated('--clusters-only', '--jobs', '2')
    expect(shared).toMatchObject({ worlds: 1 })
    expect({ ...shared, seconds: null }).toEqual({ ...(await evaluated('--clusters-only')), seconds: null })
  })
})

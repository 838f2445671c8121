import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { washboard } from '../support/cli.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'washboard-browser-'))
  expect((await washboard(['demo', '--quiet'], { cwd: folder })).code).toBe(0)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What a real browser makes of the page, and what it logs: policy violations and script errors stand on its console. */
function open(page: string) {
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
  const profile = `--user-data-dir=${join(folder, 'profile')}`
  const log = ['--enable-logging=stderr', '--v=0', '--virtual-time-budget=5000']
  return spawnSync('chromium', [...flags, ...log, profile, '--dump-dom', `file://${page}`], {
    encoding: 'utf8',
    timeout: 60_000,
  })
}

describe('the HTML report in a real browser', () => {
  it('shows the answer, and runs without an error, a violation of its own policy or a request', () => {
    const { stdout, stderr, status } = open(join(folder, 'report.html'))
    expect(status).toBe(0)
    expect(stdout).toMatch(/consistent with wash usage/)
    expect(stderr.split('\n').filter((line) => /CONSOLE|Refused to|Content Security Policy/.test(line))).toEqual([])
  })
})

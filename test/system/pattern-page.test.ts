import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../../src/audit.ts'
import { openLedger } from '../../src/ledger/duckdb.ts'
import { renderHtml } from '../../src/report/html/render-html.ts'
import { marketOf, simulateScenario } from '../../src/simulation/index.ts'

let folder: string
let page: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'washboard-print-'))
  const { facts } = marketOf(simulateScenario({ scenario: 'amazon', seed: 1, records: 40_000, share: 0.2 }))
  const ledger = await openLedger(':memory:')
  await ledger.append({ facts })
  page = renderHtml((await audit(ledger, { controls: 'none' })).report)
  ledger.close()
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

/** How many A4 pages a browser needs for a page of the report on which only these sections stand. */
async function pagesOf(sections: RegExp): Promise<number> {
  const wanted = page.match(sections)!.join('')
  const file = join(folder, 'page.html')
  const only = page
    // The policy of the report refuses any other style sheet, and the paper is the reader's choice.
    .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '<style>@page{size:A4}</style>')
    .replace(
      /<main id="content">[\s\S]*<\/main>\s*<footer>[\s\S]*?<\/footer>/,
      () => `<main id="content">${wanted}</main>`,
    )
  await writeFile(file, only)
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking']
  const print = ['--no-pdf-header-footer', `--user-data-dir=${join(folder, 'profile')}`, `--print-to-pdf=${file}.pdf`]
  const { status } = spawnSync('chromium', [...flags, ...print, `file://${file}`], { timeout: 60_000 })
  expect(status).toBe(0)
  const pdf = await readFile(`${file}.pdf`, 'latin1')
  return pdf.match(/\/Type\s*\/Page\b(?!s)/g)!.length
}

describe('the page of the pattern', () => {
  it('prints on one page of A4 with all twelve phrases', async () => {
    expect(page.match(/<section[^>]* id="pattern"[\s\S]*?<\/section>/g)).toHaveLength(1)
    expect(await pagesOf(/<section[^>]* id="pattern"[\s\S]*?<\/section>/g)).toBe(1)
  })

  it('counts pages: all sections together need more', async () => {
    expect(await pagesOf(/<section[\s\S]*?<\/section>/g)).toBeGreaterThan(2)
  })
})

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as washboard from '../src/index.ts'

describe('the public names', () => {
  it('are these, and no others by accident', () => {
    expect(Object.keys(washboard).sort()).toMatchInlineSnapshot(`
      [
        "ConfigError",
        "InconsistentSourceError",
        "LedgerError",
        "SourceError",
        "VERSION",
        "WashboardError",
        "audit",
        "collect",
        "defineFeature",
        "defineProtocol",
        "defineSignal",
        "ethersTransport",
        "importFiles",
        "importTransactions",
        "openLedger",
        "paidUsage",
        "renderCsv",
        "renderHtml",
        "renderMarkdown",
        "renderTerminal",
        "reportJsonSchema",
        "reportSchema",
        "withDeployments",
        "writeBundle",
      ]
    `)
  })

  it('carry the version of the package', () => {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
    expect(washboard.VERSION).toBe(version)
  })
})

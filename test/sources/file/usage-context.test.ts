import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLedger } from '../../../src/ledger/duckdb.ts'
import { importFiles } from '../../../src/workflows/import-files.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'washboard-context-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Imports exports of a usage log into a ledger of its own and reads tables of it. */
async function imported(
  files: readonly string[],
  queries: { readonly [name: string]: string },
  preset = 'usage-export',
) {
  const path = join(folder, 'ledger.duckdb')
  const ledger = await openLedger(path)
  const paths: string[] = []
  for (const [i, content] of files.entries()) {
    paths.push(join(folder, `usage-${i}.csv`))
    await writeFile(paths[i]!, content)
  }
  const summaries = await importFiles({ ledger, files: paths, preset, protocol: 'acme' })
  const rejects = (await ledger.rows('all-rejects')).map(({ reason }) => reason)
  ledger.close()
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  const tables: { [name: string]: unknown } = {}
  for (const [name, sql] of Object.entries(queries)) tables[name] = (await connection.runAndReadAll(sql)).getRowsJS()
  connection.closeSync()
  instance.closeSync()
  return { summaries, rejects, tables }
}

const EVENTS = 'select consumer, provider, units, unit_kind, "timestamp", chain from usage_events order by all'
const ROSTER = 'select chain, subject, object, kind from links order by all'
const LINKS = 'select subject, object, kind, from_block, to_block from links order by all'
const WINDOWS = 'select programme, subject, from_time, to_time, counted, target from windows order by all'
const PROGRAMMES = 'select protocol, programme, chain, counted from programmes'
const day = (text: string) => BigInt(Date.parse(text))

describe('usage-roster', () => {
  it('makes members of teams on the chain of the file, or on the one that a column names', async () => {
    const files = ['user,team\nada,search\n', 'user,team,chain\nbob,ads,file:other\n']
    const { tables } = await imported(files, { ROSTER }, 'usage-roster')
    expect(tables.ROSTER).toEqual([
      ['file:acme', 'ada', 'search', 'member'],
      ['file:other', 'bob', 'ads', 'member'],
    ])
  })
})

describe('usage-export', () => {
  it('takes tools for providers and tokens for units, without team or target', async () => {
    const { tables, rejects } = await imported(
      ['user,tool,tokens,time\nada,chat,1200,2026-03-02T09:00:00Z\nbob,agent,0,2026-03-02T10:30:00+02:00\n'],
      { EVENTS, LINKS, WINDOWS, PROGRAMMES },
    )
    expect(rejects).toEqual([])
    expect(tables).toEqual({
      EVENTS: [
        ['ada', 'chat', 1200, 'token', day('2026-03-02T09:00:00Z'), 'file:acme'],
        ['bob', 'agent', 0, 'token', day('2026-03-02T08:30:00Z'), 'file:acme'],
      ],
      LINKS: [],
      WINDOWS: [],
      PROGRAMMES: [],
    })
  })

  it('makes teams links and targets windows of their week', async () => {
    const csv = [
      'user,team,tool,tokens,time,target',
      'ada,search,chat,1200,2026-03-02T00:00:00Z,5000',
      'ada,search,chat,800,2026-03-08T23:59:59Z,5000',
      'ada,search,chat,800,2026-03-09T00:00:00Z,6000',
      'bob,,chat,10,2026-03-04T12:00:00Z,',
      'eve,search,chat,ten,2026-03-04T12:00:00Z,5000',
    ].join('\n')
    const { tables, rejects } = await imported([csv], { LINKS, WINDOWS, PROGRAMMES })
    expect(rejects).toEqual(['units is not a whole number'])
    const [first, second, third] = ['2026-03-02', '2026-03-09', '2026-03-16'].map(day)
    expect(tables).toEqual({
      LINKS: [['ada', 'search', 'member', null, null]],
      WINDOWS: [
        ['target', 'ada', first, second, null, 5000],
        ['target', 'ada', second, third, null, 6000],
      ],
      PROGRAMMES: [['acme', 'target', 'file:acme', 'token']],
    })
  })

  it('makes a leaderboard a programme that all can see', async () => {
    const csv =
      'user,tool,tokens,time,leaderboard\nada,chat,1,2026-03-02T00:00:00Z,tokens of the week\nbob,chat,1,2026-03-02T00:00:00Z,\n'
    const { tables } = await imported([csv], {
      BOARDS: 'select programme, counted, visibility from programmes',
      WINDOWS,
    })
    expect(tables).toEqual({ BOARDS: [['tokens of the week', 'token', 'public']], WINDOWS: [] })
  })

  it('knows the week again that two files share, and keeps apart what they disagree on', async () => {
    const head = 'user,team,tool,tokens,time,target\n'
    const { summaries, rejects, tables } = await imported(
      [
        `${head}ada,search,chat,1,2026-03-31T12:00:00Z,5000\nbob,ads,chat,1,2026-03-31T12:00:00Z,5000\n`,
        `${head}ada,search,chat,2,2026-04-01T12:00:00Z,5000\nbob,ads,chat,2,2026-04-01T12:00:00Z,9000\n`,
      ],
      { n: 'select count(*) from windows' },
    )
    expect(summaries[1]!.merged).toMatchObject({
      usage_events: { added: 2 },
      links: { added: 0 },
      windows: { added: 0 },
    })
    expect(rejects).toEqual(['another row of the same key says something else'])
    expect(tables).toEqual({ n: [[2n]] })
  })
})

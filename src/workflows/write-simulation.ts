import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError } from '../errors.ts'
import { openLedger } from '../ledger/duckdb.ts'
import type { KeptColumns, Ledger } from '../ledger/ledger.ts'
import type { TableName } from '../records/index.ts'
import { levels, moveKinds, SOURCE } from '../simulation/chain.ts'
import { networkOf } from '../simulation/facts.ts'
import type { Recording } from '../simulation/recorder.ts'
import { tapeColumns } from '../simulation/tape.ts'
import { simulationInserts } from './simulation-sql.ts'

export type WrittenSimulation = {
  readonly ledger: string
  readonly truth: string
  /** Rows of each table that simulated moves fill. */
  readonly rows: { readonly [table in TableName]?: number }
}

/**
 * Writes `ledger.duckdb`, as a collection would have left it, and `truth.parquet`, which none can know, into a folder.
 * Both appear when they are whole.
 */
export async function writeSimulation(recording: Recording, folder: string): Promise<WrittenSimulation> {
  const [path, truth] = [join(folder, 'ledger.duckdb'), join(folder, 'truth.parquet')]
  for (const file of [path, truth])
    if (existsSync(file))
      throw new ConfigError(`${file} is there already.`, { fix: 'Choose another --output, or move it away.' })
  const draft = await mkdir(folder, { recursive: true }).then(() => mkdtemp(join(folder, '.draft-')))
  try {
    const ledger = await openLedger(join(draft, 'ledger'), { memory: '512MB' })
    const rows = await loadSimulation(ledger, recording)
    const kinds = { settled: moveKinds.indexOf('settled'), used: moveKinds.indexOf('used') }
    await ledger.writeParquet('simulated-truth', join(draft, 'truth'), kinds)
    ledger.close()
    await rename(join(draft, 'truth'), truth)
    await rename(join(draft, 'ledger'), path)
    return { ledger: path, truth, rows }
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** Brings a recording into a ledger, its columns as they are; no object is made of a row. */
export async function loadSimulation(ledger: Ledger, recording: Recording): Promise<WrittenSimulation['rows']> {
  await ledger.keep('simulated_moves', movesOf(recording))
  await ledger.keep('simulated_wallets', {
    wallet: numbered(recording.addresses.length),
    address: { type: 'text', values: recording.addresses },
    entity: { type: 'text', values: recording.owners },
  })
  await ledger.keep('simulated_names', {
    name: numbered(recording.names.length),
    label: { type: 'text', values: recording.names },
  })
  await ledger.keep('simulated_levels', { level: numbered(levels.length), label: { type: 'text', values: levels } })
  const { merged } = await ledger.load({
    table: 'usage_events',
    spec: createHash('sha256').update(`${recording.seed} ${recording.tape.size}`).digest('hex'),
    stage: 'select *, cast(null as varchar) as reason from temp.simulated_moves',
    unreadable: null,
    placed: Promise.resolve({ source: SOURCE, inserts: simulationInserts(recording) }),
  })
  const { labels, links, wallets, programmes, windows } = recording
  await ledger.append({ facts: { labels, links, wallets, programmes, windows, ...networkOf(recording) } })
  return Object.fromEntries(Object.entries(merged).map(([table, { added }]) => [table, added]))
}

function movesOf({ tape }: Recording): KeptColumns {
  const numbers = tapeColumns.map((name) => [name, { type: 'integer', values: tape[name].subarray(0, tape.size) }])
  return {
    move: numbered(tape.size),
    amount: { type: 'bigint', values: tape.amount.subarray(0, tape.size) },
    ...Object.fromEntries(numbers),
  }
}

function numbered(length: number) {
  return { type: 'integer', values: Int32Array.from({ length }, (_, i) => i) } as const
}

import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/duckdb.ts'
import type { Facts } from '../../src/records/index.ts'
import { MAX_AMOUNT } from '../../src/records/table.ts'
import { payment, transfer, usageEvent } from '../support/records.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'washboard-ledger-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const digest = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex')

async function hashOf(batches: readonly Facts[]): Promise<string> {
  const ledger = await openLedger(':memory:')
  for (const facts of batches) await ledger.append({ facts })
  const hash = await ledger.hash()
  ledger.close()
  return hash
}

describe('append', () => {
  it('stores amounts exactly up to 10^38 − 1 and refuses what is larger', async () => {
    const ledger = await openLedger(':memory:')
    await ledger.append({ facts: { payments: [payment({ amount: MAX_AMOUNT })] } })
    expect((await ledger.rows('all-payments')).map((row) => row.amount)).toEqual([MAX_AMOUNT])
    await expect(ledger.append({ facts: { payments: [payment({ amount: MAX_AMOUNT + 1n })] } })).rejects.toThrow(
      /10\^38/,
    )
    ledger.close()
  })

  it('lands nothing of a batch when one row of it cannot be stored', async () => {
    const ledger = await openLedger(':memory:')
    const before = await ledger.hash()
    const bad = payment({ amount: -1n })
    await expect(ledger.append({ facts: { usage_events: [usageEvent()], payments: [bad] } })).rejects.toThrow()
    expect(await ledger.hash()).toBe(before)
    ledger.close()
  })

  it('counts what it added, knew and found in conflict', async () => {
    const ledger = await openLedger(':memory:')
    expect(await ledger.append({ facts: { transfers: [transfer(), transfer({ log_index: 1 })] } })).toEqual({
      transfers: { added: 2, known: 0, conflicting: 0 },
    })
    expect(
      await ledger.append({ facts: { transfers: [transfer(), transfer({ amount: 7n }), transfer({ log_index: 2 })] } }),
    ).toEqual({ transfers: { added: 1, known: 1, conflicting: 1 } })
    ledger.close()
  })

  it('gives the same hash whatever the order, the cut and the repetition of batches', async () => {
    const row = fc.record({
      log_index: fc.integer({ min: 0, max: 3 }),
      amount: fc.bigInt(0n, 3n),
      source: fc.constantFrom('a', 'b'),
      block_number: fc.constantFrom(2, 3, null),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 8 }), fc.infiniteStream(fc.nat()), async (rows, keys) => {
        const facts = rows.map((fields) => transfer(fields))
        const shuffled = [...facts, ...facts.slice(0, 2)]
          .map((fact) => ({ fact, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ fact }) => fact)
        const oneByOne = shuffled.map((fact) => ({ transfers: [fact] }))
        expect(await hashOf(oneByOne)).toBe(await hashOf([{ transfers: facts }]))
      }),
      { numRuns: 15 },
    )
  })

  it('changes the hash when any field changes', async () => {
    const one = await hashOf([{ transfers: [transfer()] }])
    expect(await hashOf([{ transfers: [transfer({ amount: 101n })] }])).not.toBe(one)
    expect(await hashOf([{ transfers: [transfer({ usage_id: '' })] }])).not.toBe(one)
  })
})

describe('define', () => {
  it('follows what is appended, where a materialized query stays as it was, and one gives way to the other', async () => {
    const ledger = await openLedger(':memory:', { threads: 1 })
    const usages = async () => (await ledger.rows('usage-rows')).length
    await ledger.append({ facts: { usage_events: [usageEvent()] } })
    await ledger.materialize('usage')
    await ledger.append({ facts: { usage_events: [usageEvent({ usage_id: 'second', log_index: 77 })] } })
    expect(await usages()).toBe(1)
    await ledger.define('usage')
    expect(await usages()).toBe(2)
    await ledger.append({ facts: { usage_events: [usageEvent({ usage_id: 'third', log_index: 78 })] } })
    expect(await usages()).toBe(3)
    await ledger.materialize('usage')
    await ledger.append({ facts: { usage_events: [usageEvent({ usage_id: 'fourth', log_index: 79 })] } })
    expect(await usages()).toBe(3)
    ledger.close()
  })
})

describe('openLedger', () => {
  it('keeps rows between sessions and lets a reader change nothing', async () => {
    const path = join(folder, 'a.duckdb')
    const ledger = await openLedger(path)
    await ledger.append({ facts: { transfers: [transfer()] } })
    const hash = await ledger.hash()
    ledger.close()
    const reader = await openLedger(path, { readOnly: true })
    expect(await reader.hash()).toBe(hash)
    await expect(reader.append({ facts: { transfers: [transfer({ log_index: 9 })] } })).rejects.toThrow()
    reader.close()
  })

  it('refuses a foreign, a truncated and a newer file and leaves each as it was', async () => {
    const foreign = join(folder, 'notes.txt')
    await writeFile(foreign, 'these are notes, and quite long ones at that')
    const otherDatabase = join(folder, 'other.duckdb')
    const other = await DuckDBInstance.create(otherDatabase)
    const connection = await other.connect()
    await connection.run('create table mine (n integer)')
    connection.closeSync()
    other.closeSync()
    const cut = join(folder, 'cut.duckdb')
    const ledger = await openLedger(cut)
    await ledger.append({ facts: { transfers: Array.from({ length: 5000 }, (_, i) => transfer({ log_index: i })) } })
    ledger.close()
    await truncate(cut, 20_000)
    const newer = join(folder, 'newer.duckdb')
    ;(await openLedger(newer)).close()
    const raise = await DuckDBInstance.create(newer)
    const raising = await raise.connect()
    await raising.run('update washboard_ledger set schema_version = 99')
    raising.closeSync()
    raise.closeSync()

    for (const [path, message] of [
      [foreign, /is not a washboard ledger/],
      [otherDatabase, /without the table washboard_ledger/],
      [cut, /cannot be read/],
      [newer, /newer washboard[\s\S]*99/],
    ] as const) {
      const before = await digest(path)
      await expect(openLedger(path)).rejects.toThrow(message)
      await expect(openLedger(path, { readOnly: true })).rejects.toThrow(message)
      expect(await digest(path)).toBe(before)
    }
  })

  it('says that nothing stands at a path that is to be read', async () => {
    await expect(openLedger(join(folder, 'none.duckdb'), { readOnly: true })).rejects.toThrow(
      /^There is no ledger at .*none\.duckdb\.\n\nFix: Make one with `washboard collect` or `washboard import`/,
    )
  })

  it('tells a second process that the ledger is in use', async () => {
    const path = join(folder, 'held.duckdb')
    ;(await openLedger(path)).close()
    const holder = fork(new URL('../support/hold-ledger.mjs', import.meta.url), [path], { stdio: 'pipe' })
    await new Promise((resolve, reject) => {
      holder.once('message', resolve)
      holder.once('exit', (code) => reject(new Error(`holder left with ${code}`)))
    })
    await expect(openLedger(path)).rejects.toThrow(/in use by another process[\s\S]*Fix:/)
    holder.kill()
    await new Promise((resolve) => holder.once('exit', resolve))
  })
})

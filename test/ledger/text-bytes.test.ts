import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { textBytes } from '../../src/ledger/text-bytes.ts'

it('gives every text once and in order, however long and wherever it stands', async () => {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 14 }), fc.string({ minLength: 5_000, maxLength: 9_000 }))
  await fc.assert(
    fc.asyncProperty(
      fc.array(text, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 90 }),
      async (texts, n) => {
        const values = texts.map((_, i) => `(${i}, $t${i}::varchar)`).join(', ')
        const result = await connection.stream(
          `select concat(text, text) as twice from (values ${values}) as v(i, text), range(${n}) as r(k) order by i, k`,
          Object.fromEntries(texts.map((one, i) => [`t${i}`, one])),
        )
        const read: string[] = []
        for (;;) {
          const chunk = await result.fetchChunk()
          if (chunk === null || chunk.rowCount === 0) break
          for (const bytes of textBytes(chunk, 0)) read.push(Buffer.from(bytes).toString('hex'))
        }
        expect(read.join('')).toBe(texts.map((one) => Buffer.from((one + one).repeat(n)).toString('hex')).join(''))
      },
    ),
    { numRuns: 15 },
  )
  connection.closeSync()
  instance.closeSync()
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { protocols } from '../../src/protocols/index.ts'
import type { AnyProtocol } from '../../src/protocols/protocol.ts'
import { type Fixture, replayFixture } from '../../src/workflows/fixture.ts'

const folder = join(import.meta.dirname, '..', 'fixtures', 'transactions')
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
const read = (name: string): Fixture => JSON.parse(readFileSync(join(folder, name), 'utf8'))

async function protocolOf({ protocol }: Fixture): Promise<AnyProtocol> {
  const known = protocols.find(({ id }) => id === protocol)
  if (known !== undefined) return known
  return (await import(join(import.meta.dirname, '..', '..', protocol))).default
}

/** A changed row is a changed meaning: raise the version of the adapter and record the fixture again with --update. */
describe('recorded transactions', () => {
  it('are there', () => {
    expect(files.length).toBeGreaterThan(0)
  })

  it.each(files)('%s gives the rows that were reviewed', async (name) => {
    const fixture = read(name)
    expect(replayFixture(fixture, await protocolOf(fixture))).toEqual(fixture.expected)
    expect(name).toContain(fixture.transaction.hash.slice(2, 10))
  })
})

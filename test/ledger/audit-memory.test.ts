import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { auditMemory } from '../../src/ledger/audit-memory.ts'

it('follows the size of the ledger, with a floor for small ones and a ceiling by the machine', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'washboard-memory-'))
  try {
    const path = join(folder, 'ledger')
    await writeFile(path, '')
    expect(await auditMemory(path)).toBe('320MiB')
    expect(await auditMemory(join(folder, 'absent'))).toBe('320MiB')
    await truncate(path, 1000 * 2 ** 20)
    expect(await auditMemory(path)).toBe('900MiB')
    await truncate(path, 2 ** 43)
    expect(Number.parseInt(await auditMemory(path), 10)).toBeLessThan(2 ** 23)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

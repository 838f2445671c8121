import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { randomStream } from '../../../src/statistics/random.ts'
import { HopFileError, numberOf, readHop } from '../../../src/workflows/hop/read-hop.ts'

const folder = mkdtempSync(join(tmpdir(), 'washboard-hop-'))
afterAll(() => rmSync(folder, { recursive: true }))
const write = (file: string, text: string) => writeFileSync(join(folder, file), gzipSync(text))
const address = (n: number) => `0x${n.toString(16).padStart(40, '0')}`
const WALLETS = `address,first_use_ts,volume_usd,label,group\r\n${address(1)},1600000000,12.5,sybil,1\r\n${address(2)},1600000060,7,eligible,\r\n`
const HEADER = 'kind,chain,from,to,n\n'

describe('readHop', () => {
  beforeEach(() => write('wallets.csv.gz', WALLETS))

  it('numbers wallets first and other addresses as they come, in either case', async () => {
    const rows = [
      `erc20,polygon,${address(1)},${address(0xabc)},3`,
      `native,xdai,${address(0xabc).toUpperCase().replace('0X', '0x')},${address(2)},12`,
    ]
    write('transfer-edges.csv.gz', `${HEADER}${rows.join('\n')}`)
    const { addresses, activity, table } = await readHop(folder)
    expect(addresses).toEqual([address(1), address(2)])
    expect(activity).toEqual({
      wallets: 2,
      nodes: 3,
      firstUse: Float64Array.of(1.6e12, 1.6e12 + 60_000),
      size: Float64Array.of(12.5, 7),
      from: Int32Array.of(0, 2),
      to: Int32Array.of(2, 1),
      type: Uint8Array.of(0, 1),
      count: Int32Array.of(3, 12),
    })
    expect(numberOf(table, address(0xabc))).toBe(2)
  })

  it('reads what a plain split reads, across the borders of chunks', async () => {
    const random = randomStream(1, 'edges')
    const words = () =>
      Array.from({ length: 5 }, () =>
        Math.floor(random.next() * 2 ** 32)
          .toString(16)
          .padStart(8, '0'),
      ).join('')
    const pool = Array.from({ length: 3000 }, () => `0x${words()}`)
    const rows = Array.from(
      { length: 20_000 },
      () =>
        [
          random.pick(['erc20,a', 'native,b', 'erc20,b']),
          random.pick(pool),
          random.pick(pool),
          1 + random.below(500),
        ] as const,
    )
    write('transfer-edges.csv.gz', `${HEADER}${rows.map((row) => row.join(',')).join('\n')}\n`)
    const { activity, table } = await readHop(folder)
    const types = [...new Set(rows.map(([type]) => type))]
    expect(Array.from(activity.from)).toEqual(rows.map(([, from]) => numberOf(table, from)))
    expect(Array.from(activity.to)).toEqual(rows.map(([, , to]) => numberOf(table, to)))
    expect(Array.from(activity.type)).toEqual(rows.map(([type]) => types.indexOf(type)))
    expect(Array.from(activity.count)).toEqual(rows.map(([, , , n]) => n))
    expect(activity.nodes).toBe(2 + new Set(rows.flatMap(([, from, to]) => [from, to])).size)
  })

  it.each([
    ['no digit', `erc20,a,0xz${address(1).slice(3)},${address(2)},1`],
    ['a short address', `erc20,a,${address(1)},${address(2).slice(1)},1`],
    ['no count', `erc20,a,${address(1)},${address(2)},`],
    ['another column', `erc20,a,${address(1)},${address(2)},1,2`],
  ])('refuses a line with %s, and names it', async (_, row) => {
    write('transfer-edges.csv.gz', `${HEADER}erc20,a,${address(1)},${address(2)},1\n${row}\n`)
    await expect(readHop(folder)).rejects.toThrow(/line 3/)
    await expect(readHop(folder)).rejects.toThrow(HopFileError)
  })

  it('refuses another header and a wallet that stands twice', async () => {
    write('transfer-edges.csv.gz', 'from,to\n')
    await expect(readHop(folder)).rejects.toThrow(HopFileError)
    write('wallets.csv.gz', `${WALLETS}${address(1)},1,1,,\n`)
    await expect(readHop(folder)).rejects.toThrow(/stands twice/)
  })
})

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { type Random, randomStream } from '../../../src/statistics/random.ts'
import { evaluateHop, scoreHop } from '../../../src/workflows/hop/evaluate-hop.ts'
import { readLabels, readServices } from '../../../src/workflows/hop/labels.ts'
import { readHop } from '../../../src/workflows/hop/read-hop.ts'
import { renderEvaluation } from '../../../src/workflows/hop/render-evaluation.ts'
import { serviceMerges } from '../../../src/workflows/hop/service-merges.ts'
import { nullHop, STRESSES, stressHop } from '../../../src/workflows/hop/stress-hop.ts'
import { itWithData } from '../../support/outside-data.ts'
import { plantWallets } from '../../support/planted-wallets.ts'

const root = mkdtempSync(join(tmpdir(), 'washboard-hop-'))
afterAll(() => rmSync(root, { recursive: true }))
const address = (n: number) => `0x${(n + 1).toString(16).padStart(40, '0')}`
type Rows = readonly (readonly string[])[]
const write = (folder: string, file: string, header: string, rows: Rows) =>
  writeFileSync(join(folder, file), gzipSync(`${header}\n${rows.map((row) => row.join(',')).join('\n')}\n`))
const WALLET_HEADER = 'address,first_use_ts,volume_usd,label,group'
const EDGE_HEADER = 'kind,chain,from,to,n'

/** Files of the outside data's form from a planted market. */
function plantFiles(): { folder: string; wallets: Rows; edges: Rows } {
  const { activity, farm } = plantWallets({ seed: 9, honest: 1500, farms: 20, farmSize: 12, twins: 5 })
  const folder = mkdtempSync(join(root, 'planted-'))
  const wallets = Array.from(farm, (f, i) => {
    const seconds = (activity.firstUse[i]! / 1000).toFixed(0)
    return [address(i), seconds, String(activity.size[i]), f === -1 ? 'eligible' : 'sybil', f === -1 ? '' : String(f)]
  })
  const types = ['erc20,polygon', 'native,xdai']
  const edges = Array.from(activity.from, (from, e) => [
    types[activity.type[e]!]!,
    address(from),
    address(activity.to[e]!),
    '1',
  ])
  write(folder, 'wallets.csv.gz', WALLET_HEADER, wallets)
  write(folder, 'transfer-edges.csv.gz', EDGE_HEADER, edges)
  write(folder, 'known-services.csv.gz', 'address,list', [
    [address(activity.wallets), 'exchangeBlacklist'],
    [address(activity.wallets + 1), 'contractBlacklist'],
    [address(activity.wallets + 1), 'whitelist'],
  ])
  return { folder, wallets, edges }
}

/** The same rows with the last two columns dealt anew. */
function shuffleLabels(rows: Rows, random: Random): string[][] {
  const order = rows.map((_, i) => i)
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    ;[order[i], order[j]] = [order[j]!, order[i]!]
  }
  return rows.map((row, i) => [...row.slice(0, 3), ...rows[order[i]!]!.slice(3)])
}

async function expectLabelFree(folder: string, wallets: Rows): Promise<void> {
  const before = scoreHop(await readHop(folder))
  write(folder, 'wallets.csv.gz', WALLET_HEADER, shuffleLabels(wallets, randomStream(1, 'labels')))
  write(folder, 'known-services.csv.gz', 'address,list', [[wallets[0]![0]!, 'blacklist']])
  const after = scoreHop(await readHop(folder))
  expect(after.score).toEqual(before.score)
  expect(after.entities).toEqual(before.entities)
}

describe('evaluateHop', () => {
  it('beats both baselines on planted farms, and prints them side by side', async () => {
    const { folder } = plantFiles()
    const hop = await readHop(folder)
    const evaluation = evaluateHop(hop, scoreHop(hop), await readLabels(folder))
    expect([evaluation.positives, evaluation.negatives]).toEqual([300, 1500])
    const [ours, ...others] = evaluation.methods
    expect(ours!.quality.averagePrecision.value).toBeGreaterThan(0.95)
    for (const { quality, lead } of others) {
      expect(lead.averagePrecision.value).toBeCloseTo(
        ours!.quality.averagePrecision.value - quality.averagePrecision.value,
        12,
      )
      expect(lead.averagePrecision.low).toBeLessThanOrEqual(lead.averagePrecision.value)
      expect(lead.averagePrecision.high).toBeGreaterThanOrEqual(lead.averagePrecision.value)
    }
    const text = renderEvaluation(evaluation).join('\n')
    for (const { name } of evaluation.methods) expect(text).toContain(`| ${name} |`)
  })

  it('flags nobody in a world without related wallets, at the threshold of 1 % false positives', async () => {
    const { folder } = plantFiles()
    const hop = await readHop(folder)
    const labels = await readLabels(folder)
    const { threshold } = evaluateHop(hop, scoreHop(hop), labels)
    expect(nullHop(hop, threshold, 1).flagged).toBeLessThanOrEqual(2)
    expect(stressHop(hop, labels, STRESSES[0]!).averagePrecision).toBeGreaterThan(0.95)
  })

  it('joins nobody by listed services where the list is given as labels', async () => {
    const { folder } = plantFiles()
    const hop = await readHop(folder)
    const services = await readServices(folder, hop)
    expect(services.reduce((sum, is) => sum + is, 0)).toBe(1)
    const merges = serviceMerges(hop, await readLabels(folder), scoreHop(hop), services)
    expect(merges.withList).toMatchObject({ byServices: 0, byLarge: 0 })
    expect(merges.withoutList.links).toBeGreaterThan(0)
  })
})

describe('scoreHop', () => {
  it('does not change when labels, groups and services do', async () => {
    const { folder, wallets } = plantFiles()
    await expectLabelFree(folder, wallets)
  })

  itWithData(
    'does not change on a sample of the real wallets either',
    ['hop-bridge/wallets.csv.gz', 'hop-bridge/transfer-edges.csv.gz'],
    async (walletFile, edgeFile) => {
      const rowsOf = (file: string) =>
        gunzipSync(readFileSync(file)).toString('latin1').trimEnd().split(/\r?\n/).slice(1)
      const wallets = rowsOf(walletFile!)
        .filter((_, i) => i % 8 === 0)
        .map((row) => row.split(','))
      const known = new Set(wallets.map(([wallet]) => wallet))
      const edges = rowsOf(edgeFile!).filter((row) => {
        const [, , from, to] = row.split(',')
        return known.has(from) || known.has(to)
      })
      const folder = mkdtempSync(join(root, 'sample-'))
      write(folder, 'wallets.csv.gz', WALLET_HEADER, wallets)
      write(
        folder,
        'transfer-edges.csv.gz',
        EDGE_HEADER,
        edges.map((row) => [row]),
      )
      await expectLabelFree(folder, wallets)
    },
  )
})

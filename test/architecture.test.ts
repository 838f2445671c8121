import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const filesUnder = (folder: string, ending: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name))
    .sort()
const read = (file: string) => readFileSync(join(root, file), 'utf8')

const sources = filesUnder('src', '.ts')

/** Which layer may import which (DESIGN §3). `*` ends a list that may import every layer above it. */
const base = ['records', 'errors']
const data = ['ledger', 'graph', 'statistics', 'queries', ...base]
const score = ['signals', 'tokenmaxxing', 'clusters', 'features', ...data]
const judged = ['score', 'report', ...score]
const allowed: { readonly [layer: string]: readonly string[] } = {
  errors: [],
  version: [],
  records: ['errors'],
  statistics: ['errors'],
  graph: ['errors'],
  abis: ['errors'],
  protocols: ['abis', 'queries', ...base],
  ledger: ['queries', 'statistics', ...base],
  sources: ['protocols', 'queries', 'abis', 'statistics', ...base],
  features: data,
  clusters: ['features', ...data],
  signals: ['clusters', 'features', ...data],
  tokenmaxxing: ['clusters', 'features', ...data],
  score,
  simulation: ['protocols', 'sources', 'statistics', ...base],
  report: ['score', 'signals', 'tokenmaxxing', 'clusters', 'ledger', ...base],
  audit: ['version', ...judged],
  collect: ['sources', 'protocols', 'abis', 'simulation', ...judged],
  config: ['sources', 'protocols', 'abis', 'simulation', ...judged],
  workflows: ['collect', 'config', 'audit', 'version', 'sources', 'protocols', 'abis', 'simulation', ...judged],
}
/** Layers that a layer may import by type only. */
const typesOnly: { readonly [layer: string]: readonly string[] } = {
  report: ['score', 'signals', 'tokenmaxxing', 'clusters', 'ledger'],
  simulation: ['protocols', 'sources'],
  features: ['ledger'],
  signals: ['ledger'],
  score: ['signals', 'tokenmaxxing'],
}

type Import = { readonly from: string; readonly to: string; readonly typeOnly: boolean }

function importsOf(file: string): Import[] {
  const statements = read(file).matchAll(/^(?:import|export)\s+(type\s)?([^'";]*?)\sfrom\s+'(\.[^']+)'/gm)
  return [...statements].map(([, keyword, names = '', target = '']) => ({
    from: file,
    to: relative(root, resolve(root, dirname(file), target)),
    typeOnly: keyword !== undefined || /^\{(\s*type\s[^,}]+,?)+\s*\}$/.test(names.trim()),
  }))
}

const layerOf = (file: string): string => {
  const [top = '', second = ''] = file.split('/')
  return top === 'src' ? second.replace(/\.ts$/, '') : top
}
const imports = sources.flatMap(importsOf)

describe('the house', () => {
  it('imports downward only, type imports included', () => {
    const wrong = imports.filter(({ from, to, typeOnly }) => {
      const [upper, lower] = [layerOf(from), layerOf(to)]
      if (upper === lower || upper === 'cli' || upper === 'index') return false
      if (!allowed[upper]?.includes(lower)) return true
      return typesOnly[upper]?.includes(lower) === true && !typeOnly
    })
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([])
  })

  it('has no cycle of imports', () => {
    const next = new Map<string, string[]>()
    for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to])
    const done = new Set<string>()
    const cycles: string[] = []
    const visit = (file: string, path: readonly string[]) => {
      if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' → '))
      if (done.has(file) || path.includes(file)) return
      for (const target of next.get(file) ?? []) visit(target, [...path, file])
      done.add(file)
    }
    for (const file of sources) visit(file, [])
    expect(cycles).toEqual([])
  })

  it('keeps files under 300 lines, and half of them under 100', () => {
    const lines = sources.map((file) => ({ file, n: read(file).split('\n').length }))
    expect(lines.filter(({ n }) => n > 300)).toEqual([])
    const sorted = lines.map(({ n }) => n).sort((a, b) => a - b)
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(100)
  })

  it('has a test beside every protocol, signal, statistic and graph algorithm', () => {
    const shared = /^(index|signal|run-signal|pattern-test|protocol|paid-usage|.*-(contracts|deployments))$/
    const units = sources.filter((file) => /^src\/(protocols|signals|tokenmaxxing|statistics|graph)\//.test(file))
    const untested = units.filter((file) => {
      const name = file.replace(/^src\//, '').replace(/\.ts$/, '')
      if (shared.test(name.split('/').at(-1) as string)) return false
      return !existsIn(`test/${name}.test.ts`)
    })
    expect(untested).toEqual([])
  })

  it('names evidence, not verdicts', () => {
    const verdict = new RegExp(`\\b(${['fr' + 'aud', 'sc' + 'am', 'fa' + 'ke'].join('|')})\\w*`, 'i')
    const files = [...sources, ...filesUnder('docs', '.md'), ...filesUnder('queries', '.sql'), 'README.md']
    expect(files.filter((file) => verdict.test(read(file)))).toEqual([])
  })

  it('lets examples use the public names of the package only', () => {
    for (const file of filesUnder('examples', '.ts')) {
      const targets = [...read(file).matchAll(/from '([^']+)'/g)].map(([, target]) => target)
      for (const target of targets) expect(target).toMatch(/^(washboard(\/\w+)?|viem)$/)
    }
  })
})

describe('queries of the ledger', () => {
  const queries = filesUnder('queries/ledger', '.sql')
  const bare = (file: string) =>
    read(file)
      .replace(/--.*$/gm, '')
      .replace(/'[^']*'/g, "''")
      .toLowerCase()

  it.each(queries)('%s says its grain and inputs, and runs on another engine', (file) => {
    expect(read(file)).toMatch(/^-- Grain: /)
    expect(read(file)).toMatch(/Inputs: /)
    const text = bare(file)
    expect(text.trim()).toMatch(/^(select|with)\b/)
    expect(text).not.toMatch(/;\s*\S/)
    for (const word of [
      'asof',
      'qualify',
      'recursive',
      'struct',
      'list',
      'unnest',
      'lateral',
      'approx',
      'pivot',
      'sample',
    ])
      expect(text).not.toMatch(new RegExp(`\\b${word}\\w*\\b`))
    expect(text).not.toMatch(/[[\]{}]/)
    expect(text).not.toMatch(/\b(double|float|real|random|now|current_\w+)\b/)
  })

  it.each(queries)('%s is asked for by name', (file) => {
    const name = file.replace(/^queries\/ledger\//, '').replace(/\.sql$/, '')
    const users = [...sources, ...filesUnder('test', '.ts')]
    expect(users.some((user) => read(user).includes(`'${name}'`))).toBe(true)
  })
})

function existsIn(path: string): boolean {
  try {
    return statSync(join(root, path)).isFile()
  } catch {
    return false
  }
}

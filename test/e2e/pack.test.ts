import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
let folder: string

/** Packs what would be published, without its build script, and installs it where nothing of the checkout is. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'washboard-pack-'))
  const npm = (args: string[], cwd: string) =>
    execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  const [packed] = JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root))
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'elsewhere', private: true, type: 'module' }))
  npm(['install', '--prefer-offline', '--no-audit', '--no-fund', join(folder, packed.filename)], folder)
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the package, installed elsewhere', () => {
  it('has a working program', () => {
    const bin = join(folder, 'node_modules', '.bin', 'washboard')
    execFileSync(bin, ['demo', '--quiet'], { cwd: folder })
    expect(
      execFileSync(bin, ['report', 'report.json', '--format', 'terminal'], { cwd: folder, encoding: 'utf8' }),
    ).toMatch(/L0/)
  })

  it('has typed imports: the example of the README compiles, and so does every sub-path', async () => {
    const readme = await readFile(join(root, 'README.md'), 'utf8')
    const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
    expect(example.trim().split('\n').length).toBeLessThanOrEqual(12)
    await writeFile(join(folder, 'example.ts'), example)
    await writeFile(
      join(folder, 'sub-paths.ts'),
      `import { olasMech } from 'washboard/protocols'
import { selfPayment } from 'washboard/signals'
import { simulateMarket } from 'washboard/simulation'
import { randomStream } from 'washboard/statistics'
export const ids: string[] = [olasMech.id, selfPayment.id]
export const number: number = randomStream(1, 'x').next()
export { simulateMarket }
`,
    )
    await writeFile(join(folder, 'grants-round.ts'), await readFile(join(root, 'examples/grants-round.ts'), 'utf8'))
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          module: 'NodeNext',
          target: 'ES2023',
          strict: true,
          noEmit: true,
          skipLibCheck: false,
          types: [],
          lib: ['ES2023', 'DOM'],
        },
        include: ['*.ts'],
      }),
    )
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
    expect(() => execFileSync(process.execPath, [tsc, '-p', folder], { cwd: folder, encoding: 'utf8' })).not.toThrow()
  })

  it('loads a network of one’s own written in TypeScript', async () => {
    const bin = join(folder, 'node_modules', '.bin', 'washboard')
    const none = join(folder, 'none.jsonl')
    await writeFile(none, '')
    const args = [
      'import',
      none,
      '--preset',
      'receipts',
      '--protocol',
      'grants-round.ts',
      '--chain',
      'eip155:1',
      '--ledger',
      'own.duckdb',
    ]
    expect(() => execFileSync(bin, args, { cwd: folder, stdio: 'pipe' })).not.toThrow()
  })

  it('exports its names at run time too', () => {
    const script =
      "import * as w from 'washboard'; import schema from 'washboard/report.schema.json' with { type: 'json' }; console.log(typeof w.audit, schema.title)"
    const said = execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect(said.trim()).toBe('function washboard report')
  })
})

// Compiles src/ and abis/ to dist/ and copies queries/ and the demo's data beside them, so that dist/ mirrors the root.
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')

rmSync(dist, { recursive: true, force: true })
execFileSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' })
cpSync(join(root, 'queries'), join(dist, 'queries'), { recursive: true })
cpSync(join(root, 'examples', 'data'), join(dist, 'examples', 'data'), { recursive: true })
const main = join(dist, 'src', 'cli', 'main.js')
if (existsSync(main)) chmodSync(main, 0o755)

const { reportJsonSchema } = await import(pathToFileURL(join(dist, 'src', 'report', 'report.js')).href)
writeFileSync(join(dist, 'report.schema.json'), `${JSON.stringify(reportJsonSchema(), null, 2)}\n`)

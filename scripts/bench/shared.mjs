// What benches share: the machine they ran on, peers at exact versions, and pages of results.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')

export function machine() {
  const kind = `${cpus().length} cores, ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`
  return `Machine: ${kind}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}.`
}

/** Installs packages at exact versions into a folder where they are missing; null where that fails. */
export function installPeer(folder, packages) {
  const stands = ([pack, version]) => {
    const manifest = join(folder, 'node_modules', pack, 'package.json')
    return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version === version
  }
  const wanted = Object.entries(packages)
  if (!wanted.every(stands)) {
    const options = ['--no-audit', '--no-fund', '--no-save', '--prefix', folder]
    const names = wanted.map(([pack, version]) => `${pack}@${version}`)
    spawnSync('npm', ['install', ...options, ...names], { stdio: 'ignore', timeout: 300_000 })
  }
  return wanted.every(stands) ? folder : null
}

/** Prints lines and keeps them for a page. */
export function page() {
  const lines = []
  const say = (line) => {
    lines.push(line)
    console.log(line)
  }
  const write = (file, title, command) => {
    const made = `Made by \`npm run ${command} -- --write ${file}\`.`
    writeFileSync(file, `# ${title}\n\n${made}\n\n${lines.join('\n')}\n`)
  }
  return { say, write }
}

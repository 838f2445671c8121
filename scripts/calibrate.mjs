// Scores honest entities of simulated markets with every signal, until each volume stratum has enough of them, and writes
// src/score/calibration-table.ts. The result depends on the first seed alone, not on how many processes share the work.
// Usage: npm run calibrate -- [--jobs N] [--first-seed N]
import { fork } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

const root = join(import.meta.dirname, '..')
const built = join(root, 'dist', 'src')
const { calibrationCheck, calibrationOf, honestScores, isEnough } = await import(
  pathToFileURL(join(built, 'workflows', 'calibrate.js')).href
)

/** Evaluation begins at 1,000, and the hundred before are for looking at coverage while developing. */
const LAST_SEED = 899

if (process.send !== undefined)
  process.on('message', async (seed) => process.send({ seed, scores: await honestScores(seed) }))
else await calibrate()

async function calibrate() {
  const { values } = parseArgs({
    options: { jobs: { type: 'string', default: '1' }, 'first-seed': { type: 'string', default: '1' } },
  })
  const first = Number(values['first-seed'])
  const bySeed = new Map()
  const inOrder = []
  let next = first
  await Promise.all(Array.from({ length: Number(values.jobs) }, work))
  const table = calibrationOf(inOrder, await calibrationCheck())
  writeFileSync(join(root, 'src', 'score', 'calibration-table.ts'), render(table))
  console.error(`${table.worlds} worlds, signals ${table.signals}`)

  async function work() {
    const child = fork(import.meta.filename, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    while (!isEnough(inOrder)) {
      const seed = next++
      if (seed > LAST_SEED) throw new Error('There are not enough seeds for every stratum.')
      const answer = await ask(child, seed)
      bySeed.set(seed, answer)
      while (!isEnough(inOrder) && bySeed.has(first + inOrder.length)) inOrder.push(bySeed.get(first + inOrder.length))
      if (inOrder.length % 20 === 0) console.error(`${inOrder.length} worlds`)
    }
    child.kill()
  }
}

function ask(child, seed) {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`A worker ended with ${code}.`)))
    child.once('message', ({ scores }) => {
      child.removeAllListeners('exit')
      resolve(scores)
    })
    child.send(seed)
  })
}

function render({ signals, worlds, check, classes }) {
  const texts = Object.entries(classes).map(
    ([name, strata]) =>
      `    ${JSON.stringify(name)}: [\n${strata.map((text) => `      '${text}',`).join('\n')}\n    ],`,
  )
  return `import type { Calibration } from './calibration.ts'

/** Made by \`npm run calibrate\`; do not edit. */
export const calibrationTable: Calibration = {
  signals: '${signals}',
  worlds: ${worlds},
  check: '${check}',
  classes: {
${texts.join('\n')}
  },
}
`
}

// What every study shares: a ledger made by the commands that it prints, an audit of it, and tables of the report.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
const MAIN = join(root, 'dist', 'src', 'cli', 'main.js')

/** The folder of data named by WASHBOARD_DATA; without it nothing can be studied. */
export function dataFolder() {
  const folder = process.env.WASHBOARD_DATA
  if (folder) return folder
  console.error(
    'WASHBOARD_DATA is not set.\n\nFix: set it to the folder that holds gitcoin-round-6 and its neighbours.',
  )
  process.exit(2)
}

/** Runs the commands of a study in a folder of its own, and gives the report with the commands as a reader can run them. */
export function runStudy(prepare, commands) {
  const folder = mkdtempSync(join(tmpdir(), 'washboard-study-'))
  try {
    prepare?.(folder)
    for (const command of [...commands, audit]) execFileSync(process.execPath, [MAIN, ...command], { cwd: folder })
    const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))
    const shown = [...commands, audit].map((command) => `washboard ${command.map(quoted).join(' ')}`)
    return { report, commands: ['```sh', ...shown, '```'].join('\n') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const audit = ['audit', '--output', 'report.json']

function quoted(word) {
  const data = process.env.WASHBOARD_DATA ?? ''
  const said = data !== '' && word.startsWith(data) ? `$WASHBOARD_DATA${word.slice(data.length)}` : word
  return /^[\w./,=:$-]+$/.test(said) ? said : `'${said}'`
}

const percent = (share) => `${Number((100 * share).toPrecision(3))} %`

/** The published figures by each measure. */
export function publishedTable({ published }) {
  const cell = (figure) =>
    figure.status === 'measured'
      ? `${percent(figure.mid)} [${percent(figure.low)}, ${percent(figure.high)}]`
      : 'not available'
  const rows = Object.entries(published).map(
    ([measure, { L0, L1, U1 }]) => `| ${measure} | ${[L0, L1, U1].map(cell).join(' | ')} |`,
  )
  return ['| by | L0, certified | L1, calibrated floor | U1, ceiling |', '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  )
}

/** Why figures are missing, each reason once. */
export function missingReasons({ published }) {
  const reasons = Object.values(published).flatMap((figures) =>
    ['L0', 'L1', 'U1'].flatMap((name) =>
      figures[name].status === 'unavailable' ? [`- ${name}: ${figures[name].reason}.`] : [],
    ),
  )
  return [...new Set(reasons)].join('\n')
}

/** What each signal looked at and found; a signal that could not look says what it lacked. */
export function signalTable({ signals }) {
  const result = ({ status, ...rest }) => {
    if (status === 'measured') return `${rest.tested} | ${rest.findings}`
    if (status === 'unavailable') return `no ${rest.missing.join(', ')} | could not look`
    return `${rest.reason ?? rest.message} | could not look`
  }
  const rows = signals.map(({ title, family, result: said }) => `| ${family} | ${title} | ${result(said)} |`)
  return ['| family | signal | tested | findings |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

export function writeStudy(name, text) {
  writeFileSync(join(root, 'docs', 'studies', `${name}.md`), `${text.trim()}\n`)
  console.log(`docs/studies/${name}.md`)
}

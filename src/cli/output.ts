import { WashboardError } from '../errors.ts'
import type { Progress } from '../sources/source.ts'

export type GlobalOptions = { readonly quiet?: boolean; readonly json?: boolean }

/** Data goes to stdout, everything else to stderr. A reader that closes the pipe early ends the program quietly. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}

export function note(text: string, options: GlobalOptions): void {
  if (!options.quiet) process.stderr.write(`${text}\n`)
}

/** Colours only where a person looks: a terminal, without NO_COLOR (https://no-color.org) and not a dumb one. */
export function wantsColor(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb'
}

export function columnsOf(stream: NodeJS.WriteStream): number {
  return Math.max(40, Math.min(stream.columns ?? 80, 120))
}

/** Progress with rate and time left on stderr: one line that is drawn anew in a terminal, a line every ten seconds elsewhere. */
export function progressLine(options: GlobalOptions): Progress {
  if (options.quiet) return () => undefined
  const live = process.stderr.isTTY === true
  const started = new Map<string, { at: number; done: number }>()
  let shown = 0
  return ({ stage, done, total, rows }) => {
    const now = Date.now()
    const start = started.get(stage) ?? { at: now, done }
    started.set(stage, start)
    if (now - shown < (live ? 200 : 10_000) && done < total) return
    shown = now
    const seconds = (now - start.at) / 1000
    const rate = seconds > 0 ? (done - start.done) / seconds : 0
    const left = rate > 0 && done < total ? `, ${Math.ceil((total - done) / rate)} s left` : ''
    const share = total === 0 ? 100 : Math.floor((done / total) * 100)
    const text = `${stage}: ${share} % (${done} of ${total} blocks, ${rows} rows, ${Math.round(rate)} blocks/s${left})`
    process.stderr.write(live ? `\r\u001b[2K${text}${done >= total ? '\n' : ''}` : `${text}\n`)
  }
}

/** Says what failed and how to mend it, and returns the exit code. An unknown error is a defect of ours. */
export function reportFailure(error: unknown): number {
  if (error instanceof WashboardError) {
    process.stderr.write(`${error.message}\n`)
    return error.exitCode
  }
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`washboard met an error it does not know: ${message.split('\n')[0]}\n\n`)
  process.stderr.write('Fix: run it again with WASHBOARD_DEBUG=1 and report what it prints.\n')
  if (process.env.WASHBOARD_DEBUG === '1' && error instanceof Error) process.stderr.write(`${error.stack}\n`)
  return 2
}

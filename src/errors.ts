/** What every error of this package carries: one sentence, the facts behind it, and what to do. */
export type ErrorFacts = {
  /** One fact a line, both values where two disagree. */
  readonly details?: readonly string[]
  /** One imperative sentence. */
  readonly fix: string
  readonly cause?: unknown
}

/** Base of every error a user can meet. Subclasses stand at the bottom of the module that throws them. */
export class WashboardError extends Error {
  override readonly name: string = 'WashboardError'
  /** Process exit code that the CLI uses for this class of error. */
  readonly exitCode: number = 2
  readonly shortMessage: string
  readonly details: readonly string[]
  readonly fix: string

  constructor(shortMessage: string, facts: ErrorFacts) {
    const details = (facts.details ?? []).map(redact)
    const lines = [
      redact(shortMessage),
      ...(details.length > 0 ? ['', ...details] : []),
      '',
      `Fix: ${redact(facts.fix)}`,
    ]
    super(lines.join('\n'), facts.cause === undefined ? undefined : { cause: facts.cause })
    this.shortMessage = redact(shortMessage)
    this.details = details
    this.fix = redact(facts.fix)
  }
}

/** The user must change a flag, a file or the configuration. */
export class ConfigError extends WashboardError {
  override readonly name = 'ConfigError'
}

/** Hides what a URL may hold in secret: user info, query, and path segments that look like keys. */
export function redact(text: string): string {
  return text.replace(/\b(https?|wss?):\/\/[^\s"'<>]+/gi, (url) => {
    try {
      const parsed = new URL(url)
      const path = parsed.pathname.replace(/[^/]{16,}/g, '<redacted>')
      return `${parsed.protocol}//${parsed.host}${path === '/' ? '' : path}${parsed.search ? '?<redacted>' : ''}`
    } catch {
      return '<redacted url>'
    }
  })
}

import { z } from 'zod'
import { ConfigError } from '../errors.ts'
import type { Report } from '../report/report.ts'

const day = z.iso.date()

const contestSchema = z
  .strictObject({
    wallet: z.string().min(1).optional(),
    finding: z.string().min(1).optional(),
    statement: z.string().trim().min(1),
    expires: day,
    by: z.string().min(1).optional(),
  })
  .refine(
    ({ wallet, finding }) => (wallet === undefined) !== (finding === undefined),
    'name a wallet or a finding, one of the two',
  )

/** A statement against a finding or against all that is said of a wallet. It holds up to the end of its day, UTC. */
export type Contest = z.infer<typeof contestSchema>

/** Contests from the text of a JSON file. `name` is what the error calls it. */
export function parseContests(text: string, name: string): Contest[] {
  const parsed = z.array(contestSchema).safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const [entry, ...field] = issue?.path ?? []
  const where =
    entry === undefined ? 'the file' : `entry ${Number(entry) + 1}${field.map((part) => `, ${String(part)}`).join('')}`
  throw new ConfigError(`${name} is not a list of contested findings and wallets.`, {
    details: [`${where}: ${issue?.message ?? 'not readable'}`],
    fix: 'Write [{"wallet": "0x…", "statement": "…", "expires": "2026-12-31"}], or "finding" with its id in place of "wallet".',
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export type Contested = {
  readonly rows: Report['contested']
  /** Current statements on each listed finding: on the finding itself or on a wallet of it. */
  readonly ofFinding: ReadonlyMap<string, readonly Statement[]>
  /** Current statements on each wallet: on the wallet itself or on a listed finding about it. */
  readonly ofWallet: ReadonlyMap<string, readonly Statement[]>
}

export type Statement = Pick<Report['contested'][number], 'statement' | 'by' | 'expires'>
type Finding = { readonly id: string; readonly subjects: readonly string[] }

const DAY_MS = 86_400_000

/** Which statements hold at `asOf` (UTC ms), and of what they speak. */
export function contestedBy(contests: readonly Contest[], asOf: number, findings: readonly Finding[]): Contested {
  const ofFinding = new Map<string, Statement[]>()
  const ofWallet = new Map<string, Statement[]>()
  const rows = contests.map((contest) => {
    const id = nameOf(contest)
    const { statement, expires, by = null } = contest
    const expired = asOf >= Date.parse(expires) + DAY_MS
    const about = findings.filter((finding) => finding.id === id || finding.subjects.includes(id))
    if (!expired) {
      for (const finding of about) add(ofFinding, finding.id, { statement, by, expires })
      const wallets = contest.wallet === undefined ? about.flatMap(({ subjects }) => subjects) : [id]
      for (const wallet of new Set(wallets)) add(ofWallet, wallet, { statement, by, expires })
    }
    const kind = contest.wallet === undefined ? ('finding' as const) : ('wallet' as const)
    return { kind, id, statement, by, expires, expired, findings: about.length }
  })
  return { rows, ofFinding, ofWallet }
}

function add(statements: Map<string, Statement[]>, name: string, statement: Statement): void {
  statements.set(name, [...(statements.get(name) ?? []), statement])
}

/** Addresses of EVM chains as the ledger writes them. */
function nameOf({ wallet, finding }: Contest): string {
  if (wallet === undefined) return finding ?? ''
  return /^0x[0-9a-fA-F]{40}$/.test(wallet) ? wallet.toLowerCase() : wallet
}

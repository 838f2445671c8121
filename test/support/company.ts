import { randomStream } from '../../src/statistics/random.ts'

const DAY = 86_400_000
const FIRST = Date.parse('2026-01-05T00:00:00Z')

export const TARGET = 10_000
export const DEVELOPERS = 5_000
export const WEEKS = 8

type Use = { readonly user: string; readonly team: string; readonly tokens: number; readonly time: number }

/**
 * A company that wants four in five of its developers to use its tools each week, and ten thousand tokens of each. Some
 * work with the tools, some stop right above the target or say hello once, some do neither. Users by number:
 * of ten, three work, three stop at the target, one says hello, two stay below it, and one never comes.
 */
export function company(seed: number) {
  const random = randomStream(seed, 'company')
  const uses: Use[] = []
  const roster: { user: string; team: string }[] = []
  for (let i = 0; i < DEVELOPERS; i += 1) {
    const user = `dev-${String(i).padStart(4, '0')}`
    const team = `team-${String((i * 7) % 83).padStart(2, '0')}`
    roster.push({ user, team })
    for (let week = 0; week < WEEKS; week += 1) {
      if (random.next() < 0.05) continue
      for (const tokens of weekOf(i % 10, random)) {
        const time = FIRST + week * 7 * DAY + random.below(5) * DAY + (8 + random.below(10)) * 3_600_000
        uses.push({ user, team, tokens, time })
      }
    }
  }
  return { uses, roster }
}

function weekOf(kind: number, random: ReturnType<typeof randomStream>): number[] {
  if (kind < 3) return Array.from({ length: 1 + random.below(9) }, () => 1_000 + random.below(25_000))
  if (kind < 6) return [4_000, 3_000, 3_000 + random.below(501)]
  if (kind === 6) return [50 + random.below(100)]
  return kind < 9 ? [1_000 + random.below(3_000), 500 + random.below(2_000)] : []
}

export function usageCsv(uses: readonly Use[]): string {
  const rows = uses.map(({ user, team, tokens, time }) =>
    [user, team, 'assistant', tokens, new Date(time).toISOString(), TARGET].join(),
  )
  return `user,team,tool,tokens,time,target\n${rows.join('\n')}\n`
}

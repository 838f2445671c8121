import { BLOCKS_A_DAY, type Level, levels, type MoveKind, moveKinds } from '../../src/simulation/chain.ts'
import { type ScenarioOptions, simulateScenario } from '../../src/simulation/index.ts'
import type { Recording } from '../../src/simulation/recorder.ts'

/** A move of a recording in words. `at`: days after the market opened. */
export type PlainMove = {
  readonly kind: MoveKind
  readonly chain: number
  readonly at: number
  readonly from: number
  readonly to: number
  readonly amount: bigint
  readonly usage: number
  readonly units: number
  readonly payload: number
  readonly level: Level
  readonly adversary: string | null
  readonly control: string | null
}

/** Every move in order of time. */
export function movesOf({ tape, names }: Recording): PlainMove[] {
  return Array.from(
    { length: tape.size },
    (_, i): PlainMove => ({
      kind: moveKinds[tape.kind[i]!]!,
      chain: tape.chain[i]!,
      at: tape.block[i]! / BLOCKS_A_DAY,
      from: tape.from[i]!,
      to: tape.to[i]!,
      amount: tape.amount[i]!,
      usage: tape.usage[i]!,
      units: tape.units[i]!,
      payload: tape.payload[i]!,
      level: levels[tape.level[i]!]!,
      adversary: names[tape.adversary[i]!] ?? null,
      control: names[tape.control[i]!] ?? null,
    }),
  ).sort((a, b) => a.at - b.at)
}

export const purchasesOf = (moves: readonly PlainMove[]) => moves.filter(({ kind }) => kind === 'settled')

/** A scenario of 20,000 records with what it holds. */
export function scenarioOf(options: Partial<ScenarioOptions> & { readonly scenario: string }) {
  const recording = simulateScenario({ seed: 1, records: 20_000, ...options })
  const moves = movesOf(recording)
  return { recording, moves, purchases: purchasesOf(moves), owner: (wallet: number) => recording.owners[wallet]! }
}

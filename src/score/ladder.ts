import { type Certified, type CertifiedMeasures, type Measure, measures } from './certified.ts'
import type { CounterUsage, Rungs } from './rungs.ts'

/** `note`: what the figures alone do not say; null: nothing. */
export type Rung = { readonly level: RungId; readonly title: string; readonly note: string | null } & {
  readonly [measure in Measure]: Certified
}
type RungId = 'W0' | 'W1' | 'W2' | 'W3' | 'W4' | 'organic' | 'undetermined'

const titles: { readonly [level in RungId]: string } = {
  W0: 'Self: payer is payee, or one owner holds both',
  W1: 'Closed loop: value provably returned (W0 among it)',
  W2: 'Linked: one entity by ownership evidence (W1 among it)',
  W3: 'Coordinated: payers that pass the naming gate (W2 among it)',
  W4: 'Tokenmaxxing: real counterparties, in windows that stop at their target (beside all others, and no wash usage)',
  organic: 'Certified organic: positive evidence of independent demand',
  undetermined: 'Undetermined: no evidence either way',
}

export type LadderInputs = {
  readonly W0: CertifiedMeasures
  /** Null: returns could not be looked for. */
  readonly W1: CertifiedMeasures | null
  /** Null: wallets could not be linked. */
  readonly rungs: Omit<Rungs, 'W4'> | null
  readonly W4: CertifiedMeasures
  readonly counter: CounterUsage
  readonly reason: string
}

/** The whole ladder: rungs that could not be measured say so, and the rest is undetermined, never clean. */
export function buildLadder({ W0, W1, rungs, W4, counter, reason }: LadderInputs): Rung[] {
  const absent = (why: string): CertifiedMeasures => fill(() => ({ status: 'unavailable', reason: why }))
  const highest = rungs?.W3 ?? W1 ?? W0
  const all: { readonly [level in RungId]: CertifiedMeasures } = {
    W0,
    W1: W1 ?? absent(reason),
    W2: rungs?.W2 ?? absent(reason),
    W3: rungs?.W3 ?? absent(reason),
    W4: counter.status === 'measured' ? W4 : absent(counter.reason),
    organic: rungs?.organic ?? absent(reason),
    undetermined: fill((measure) => remainder(highest[measure], rungs?.organic[measure])),
  }
  return (Object.keys(titles) as RungId[]).map((level) => ({
    level,
    title: titles[level],
    note: noteOf(level, counter),
    ...all[level],
  }))
}

const MOST_NOTES = 10

function noteOf(level: RungId, counter: CounterUsage): string | null {
  if (level !== 'W4' || counter.status !== 'measured') return null
  const left = counter.notes.length - MOST_NOTES
  return [...counter.notes.slice(0, MOST_NOTES), ...(left > 0 ? [`And so at ${left} more targets.`] : [])].join(' ')
}

function remainder(shown: Certified, organic?: Certified): Certified {
  if (shown.status === 'unavailable') return shown
  const certified = organic?.status === 'measured' ? organic : { part: 0n, share: 0 }
  const part = shown.whole - shown.part - certified.part
  return { ...shown, part, share: Math.max(0, 1 - shown.share - certified.share) }
}

function fill(of: (measure: Measure) => Certified): CertifiedMeasures {
  return Object.fromEntries(measures.map((measure) => [measure, of(measure)])) as CertifiedMeasures
}

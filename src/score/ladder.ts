import { type Certified, type CertifiedMeasures, type Measure, measures } from './certified.ts'

export type Rung = { readonly level: RungId; readonly title: string } & { readonly [measure in Measure]: Certified }
type RungId = 'W0' | 'W1' | 'W2' | 'W3' | 'W4' | 'organic' | 'undetermined'

const titles: { readonly [level in RungId]: string } = {
  W0: 'Self: payer is payee, or one owner holds both',
  W1: 'Closed loop: value provably returned (W0 among it)',
  W2: 'Linked: one entity by ownership evidence',
  W3: 'Coordinated: lockstep without independent demand',
  W4: 'Tokenmaxxing: real counterparties, activity for the counter',
  organic: 'Certified organic: positive evidence of independent demand',
  undetermined: 'Undetermined: no evidence either way',
}

const notMeasured: { readonly [level in RungId]?: string } = {
  W2: 'ownership signals are not part of this version',
  W3: 'lockstep signals are not part of this version',
  W4: 'the tokenmaxxing tests are not part of this version',
  organic: 'the organic certificate is not part of this version',
}

/** The whole ladder: rungs that this version does not measure say so, and the rest is undetermined, never clean. */
export function buildLadder(W0: CertifiedMeasures | null, W1: CertifiedMeasures | null, reason: string): Rung[] {
  const absent = (why: string): CertifiedMeasures => fill(() => ({ status: 'unavailable', reason: why }))
  const certified = W1 ?? W0
  const rest = certified === null ? absent(reason) : fill((measure) => remainder(certified[measure]))
  const rungs: { readonly [level in RungId]: CertifiedMeasures } = {
    W0: W0 ?? absent(reason),
    W1: W1 ?? absent(reason),
    W2: absent(notMeasured.W2 as string),
    W3: absent(notMeasured.W3 as string),
    W4: absent(notMeasured.W4 as string),
    organic: absent(notMeasured.organic as string),
    undetermined: rest,
  }
  return (Object.keys(titles) as RungId[]).map((level) => ({ level, title: titles[level], ...rungs[level] }))
}

function remainder(part: Certified): Certified {
  if (part.status === 'unavailable') return part
  return { ...part, part: part.whole - part.part, share: Math.max(0, 1 - part.share) }
}

function fill(of: (measure: Measure) => Certified): CertifiedMeasures {
  return Object.fromEntries(measures.map((measure) => [measure, of(measure)])) as CertifiedMeasures
}

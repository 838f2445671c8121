import type { EntityMap } from '../clusters/entity-map.ts'
import { type EntityPairs, entityPairs } from '../clusters/entity-pairs.ts'
import type { FeatureContext } from '../features/feature.ts'
import { firstFundings } from '../features/first-fundings.ts'
import { type PartyNotes, partyNotes } from '../features/party-notes.ts'
import type { TableName } from '../records/index.ts'
import type { Report } from '../report/report.ts'
import { reducedTo, reducible } from '../score/reduced-evidence.ts'
import type { Signal } from '../signals/signal.ts'
import { againstOf, type Known } from './against.ts'
import { benignOf } from './benign-rules.ts'
import { type GateFacts, gateOf } from './card-gate.ts'
import { type Conduct, conductOf } from './counter-evidence.ts'
import type { EntityStanding } from './entity-standing.ts'
import type { Listing } from './list-findings.ts'
import type { Alone, Scene } from './scene.ts'
import { finiteOrNull, isFlagged, type SignalValues } from './tested-evidence.ts'

type Card = Report['cards'][number]

export type CardScene = Pick<Scene, 'context' | 'economy' | 'entities' | 'measured'> & {
  readonly standing: EntityStanding
  /** Values of single wallets without any link; null: not measured. */
  readonly alone: Alone | null
  /** Every signal that is evidence on entities; null: transfers were not collected, and nobody is named. */
  readonly evidence: readonly Signal[] | null
  readonly findings: readonly Listing[]
  readonly filled: ReadonlySet<TableName>
}

/** Hashes of one signal on a card; the finding holds the others. */
const MOST_HASHES = 5

/** Cards of some entities, for and against, without statements against them. */
export async function cardsOf(picked: readonly number[], scene: CardScene): Promise<Card[]> {
  const { context, economy, entities, filled } = scene
  const notes = await context.get(partyNotes)
  const known = { transfers: filled.has('transfers'), rewards: filled.has('rewards'), labels: filled.has('labels') }
  const facts = { economy, entities, notes, ...(await linksOf(context)) }
  const conducts = conductOf(picked, facts)
  const rowsOf = rowFinder(picked, scene)
  const wallets = membersOf(picked, entities)
  const reduce = await reducer(scene, facts.pairs)
  return picked.map((entity, i) =>
    cardOf({ entity, scene, notes, known, conduct: conducts[i]!, values: rowsOf(i), members: wallets[i]!, reduce }),
  )
}

async function linksOf(context: FeatureContext) {
  return { pairs: await context.get(entityPairs), fundings: await context.get(firstFundings) }
}

type Reducer = (entity: number, isCluster: boolean) => Pick<GateFacts, 'reduced' | 'alone'>

/** What the evidence on an entity rests on, and on its founding wallet by itself. */
async function reducer({ evidence, measured, alone, entities }: CardScene, pairs: EntityPairs): Promise<Reducer> {
  if (evidence === null) return () => ({ reduced: null, alone: null })
  const reducibleBy = (values: readonly SignalValues[], paid: EntityPairs) =>
    reducible(
      evidence.map((signal) => ({ signal, values: values.find((one) => one.signal === signal)?.values ?? null })),
      paid,
    )
  const merged = reducibleBy(measured, pairs)
  const apart = alone && reducibleBy(alone.measured, await alone.context.get(entityPairs))
  return (entity, isCluster) => ({
    reduced: reducedTo(entity, merged),
    alone: apart && isCluster ? reducedTo(entities.founder[entity]!, apart) : null,
  })
}

/** A signal's row of an entity, and of its founding wallet alone. */
type ValueRow = {
  readonly of: SignalValues
  readonly row: number
  readonly alone: { readonly of: SignalValues; readonly row: number } | null
}

type Draft = {
  readonly entity: number
  readonly scene: CardScene
  readonly notes: PartyNotes
  readonly known: Known
  readonly conduct: Conduct
  readonly values: readonly ValueRow[]
  readonly members: readonly number[]
  readonly reduce: Reducer
}

function cardOf({ entity, scene, notes, known, conduct, values, members, reduce }: Draft): Card {
  const { economy, entities, standing, findings } = scene
  const wallet = economy.names[entities.founder[entity]!]!
  const rows = values.map((value) => valueRow(value, wallet, findings))
  const names = new Set(members.map((party) => economy.names[party]!))
  const certified = certificateRows(standing, entity, names, findings)
  const speaking = [
    ...scene.measured
      .map(({ signal }) => signal)
      .filter(({ id }) => rows.some((row) => row.signal === id && row.flagged)),
    ...[...standing.certified.keys()].filter(({ id }) => certified.some((row) => row.signal === id)),
  ]
  const labels = members.flatMap((party) => notes.labels.get(party) ?? [])
  return {
    wallet,
    wallets: members.length,
    payments: {
      ...{ made: conduct.made, received: conduct.received },
      ...{ W0: standing.W0[entity]!, W1: standing.W1[entity]! },
    },
    values: rows,
    certificates: certified,
    against: againstOf(conduct, known),
    benign: benignOf(speaking, { conduct, labels, known }),
    gate: gateOf({ values: rows, certificates: certified, ...reduce(entity, members.length > 1) }),
    contested: [],
  }
}

function valueRow({ of, row, alone }: ValueRow, wallet: string, findings: readonly Listing[]): Card['values'][number] {
  const { signal, values } = of
  const finding = findings.find((one) => one.signal === signal.id && one.subjects.includes(wallet))
  return {
    ...{ signal: signal.id, family: signal.family, role: values.role },
    ...figures(of, row),
    flagged: isFlagged(of, row),
    alone: alone === null ? null : figures(alone.of, alone.row),
    finding: finding?.id ?? null,
    transactions: finding?.transactions.slice(0, MOST_HASHES) ?? [],
  }
}

function figures({ values, qValue }: SignalValues, row: number) {
  return { statistic: finiteOrNull(values.statistic[row]!), pValue: values.pValue[row]!, qValue: qValue[row]! }
}

/** Certificates by which payments of the entity are certified, with findings that name one of its wallets. */
function certificateRows(
  { certified }: EntityStanding,
  entity: number,
  wallets: ReadonlySet<string>,
  findings: readonly Listing[],
): Card['certificates'] {
  return [...certified].flatMap(([{ id, family }, payments]) => {
    if (payments[entity] === 0) return []
    const own = findings.filter(({ signal, subjects }) => signal === id && subjects.some((name) => wallets.has(name)))
    return [{ signal: id, family, findings: own.slice(0, MOST_HASHES).map((finding) => finding.id) }]
  })
}

/** For each picked entity the row of each signal that tested it; one pass a signal. */
function rowFinder(picked: readonly number[], { measured, alone, entities }: CardScene): (i: number) => ValueRow[] {
  const slots = new Map(picked.map((entity, i) => [entity, i]))
  const parties = new Map(picked.map((entity, i) => [entities.founder[entity]!, i]))
  const find = ({ values }: SignalValues, slotOf: ReadonlyMap<number, number>) => {
    const rows = new Int32Array(picked.length).fill(-1)
    values.entity.forEach((entity, row) => {
      const slot = slotOf.get(entity)
      if (slot !== undefined && !Number.isNaN(values.pValue[row])) rows[slot] = row
    })
    return rows
  }
  const all = measured.map((of) => {
    const single = alone?.measured.find(({ signal }) => signal === of.signal)
    return { of, rows: find(of, slots), single, singleRows: single && find(single, parties) }
  })
  return (i) =>
    all.flatMap(({ of, rows, single, singleRows }): ValueRow[] => {
      const aloneRow = singleRows?.[i] ?? -1
      const apart = single === undefined || aloneRow === -1 ? null : { of: single, row: aloneRow }
      return rows[i] === -1 ? [] : [{ of, row: rows[i]!, alone: apart }]
    })
}

function membersOf(picked: readonly number[], { of }: EntityMap): number[][] {
  const members = picked.map((): number[] => [])
  const slots = new Map(picked.map((entity, i) => [entity, i]))
  of.forEach((entity, party) => {
    const slot = slots.get(entity)
    if (slot !== undefined) members[slot]!.push(party)
  })
  return members
}

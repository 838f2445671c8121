import { unmerged } from '../clusters/entity-map.ts'
import { attributions } from '../features/attributions.ts'
import type { Economy } from '../features/economy.ts'
import { type FeatureContext, replaceFeatures } from '../features/feature.ts'
import { missingBlocks, withoutLabels, withoutPayments, withoutTransfers } from '../features/partial-economy.ts'
import type { Report } from '../report/report.ts'
import type { FamilyId } from '../signals/signal.ts'
import { randomStream } from '../statistics/random.ts'
import { headlineOf, marketOf } from './headline.ts'
import { rerun } from './rerun.ts'
import type { Alone, Scene } from './scene.ts'
import { L0_UNCHANGED, type Outcome, outcomeOf, outcomes, rowOf } from './sensitivity-row.ts'
import { scaledRuns } from './thresholds.ts'

type Row = Report['sensitivity'][number]

/** Draws of the transfers that are left out. */
const DRAWS = 4
const LABELS_KEPT = 'returns are told by the ledger with its labels, which this row does not read again'

/** The headline when one thing that it rests on is otherwise (DESIGN §7); and each signal's values of single wallets. */
export async function sensitivityTable(scene: Scene): Promise<{ rows: Row[]; alone: Alone }> {
  const { economy, l0, bounds } = scene
  const apart = given(scene, 'entities', { 'entity-map': unmerged(economy.parties) })
  const alone = await rerun(scene.measured, apart, scene.seed)
  const single = headlineOf(alone.measured, await marketOf(apart, bounds), bounds)
  apart.onStage?.('headline')
  const unlabelled = await outcomeWith(scene, 'labels', withoutLabels(economy))
  const rows = [
    rowOf('entities', 'entities', 'every wallet by itself', outcomeOf(single, l0.published)),
    rowOf('labels', 'labels', 'none', { ...unlabelled, L0: LABELS_KEPT }),
    ...(await familyRows(scene)),
    ...(await scaledRuns(scene)),
    ...(await attributionRows(scene)),
    await missingRow(scene),
  ]
  return { rows, alone: { context: apart, measured: alone.measured } }
}

function given({ context }: Scene, row: string, features: { readonly [id: string]: unknown }): FeatureContext {
  return replaceFeatures(context, new Map(Object.entries(features)), row)
}

async function outcomeWith(
  scene: Scene,
  row: string,
  economy: Economy,
  L0: Outcome['L0'] = L0_UNCHANGED,
): Promise<Outcome> {
  const context = given(scene, row, { economy })
  const { measured } = await rerun(scene.measured, context, scene.seed)
  const market = await marketOf(context, scene.bounds, scene.market)
  const headline = headlineOf(measured, market, scene.bounds)
  context.onStage?.('headline')
  return outcomeOf(headline, L0 === L0_UNCHANGED ? scene.l0.published : L0)
}

/** Of a family that nothing was measured of, leaving it out changes nothing and says nothing. */
async function familyRows({ measured, context, bounds, market, l0 }: Scene): Promise<Row[]> {
  const families = new Set<FamilyId>(['F1', 'F2', ...measured.map(({ signal }) => signal.family)])
  const rows: Row[] = []
  for (const family of [...families].sort()) {
    const others = measured.filter(({ signal }) => signal.family !== family)
    const headline = headlineOf(others, market, bounds)
    context.onStage?.(`families: ${family}`)
    rows.push(rowOf('family', family, 'left out', outcomeOf(headline, l0.withoutFamily(family))))
  }
  return rows
}

/** Usages whose parties are told by a way other than their own log, left out way by way. */
async function attributionRows(scene: Scene): Promise<Row[]> {
  const rows: Row[] = []
  for (const [way, rests] of await scene.context.get(attributions)) {
    const usages = rests.reduce((sum, is) => sum + is, 0)
    if (usages === 0 || usages === rests.length) continue
    const isLeftOut = (usage: number) => rests[usage] === 1
    const outcome = await outcomeWith(
      scene,
      'attributions',
      withoutPayments(scene.economy, isLeftOut),
      scene.l0.withoutUsages(isLeftOut),
    )
    rows.push(rowOf('attribution', way, `${usages} usages left out`, outcome))
  }
  return rows
}

/** What a collection that missed a tenth of the time of transfers would have said, over some draws of which tenth. */
async function missingRow(scene: Scene): Promise<Row> {
  const random = randomStream(scene.seed, 'transfers left out')
  const drawn: Outcome[] = []
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const isMissing = missingBlocks(scene.economy, random)
    drawn.push(
      await outcomeWith(
        scene,
        'missing',
        withoutTransfers(scene.economy, isMissing),
        scene.l0.withoutReturns(isMissing),
      ),
    )
  }
  return rowOf('missing', 'transfers', `10 % of their time left out, ${DRAWS} draws`, outcomes(drawn))
}

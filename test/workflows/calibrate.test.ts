import { describe, expect, it } from 'vitest'
import { audit } from '../../src/audit.ts'
import { openLedger } from '../../src/ledger/duckdb.ts'
import { calibrationScores, signalsHash, stepOf } from '../../src/score/calibration.ts'
import { calibrationTable } from '../../src/score/calibration-table.ts'
import { signals } from '../../src/signals/index.ts'
import { simulateScenario } from '../../src/simulation/index.ts'
import {
  calibrationCheck,
  calibrationOf,
  type HonestScore,
  honestScores,
  isEnough,
} from '../../src/workflows/calibrate.ts'
import { loadSimulation } from '../../src/workflows/write-simulation.ts'

describe('a calibration', () => {
  it('scores entities of a market as an audit does', async () => {
    const scores = await honestScores(3)
    const ledger = await openLedger(':memory:', { threads: 1 })
    await loadSimulation(ledger, simulateScenario({ scenario: 'market', seed: 3, records: 20_000 }))
    await audit(ledger)
    const steps = (await ledger.rows('entity-scores'))
      .filter(({ payments }) => Number(payments) >= 10)
      .map(({ micronats, own_ppm }) => stepOf((Number(micronats) + 10 * Number(own_ppm)) / 1e6))
    const rare = scores.filter(({ stratum }) => stratum === 2).map(({ step }) => step)
    expect(rare.length).toBeGreaterThan(5)
    expect(rare.sort()).toEqual(steps.sort())
    ledger.close()
  }, 60_000)

  it('keeps the counts of all worlds by class and stratum', () => {
    const one: HonestScore = { control: 'cron', stratum: 2, step: 7 }
    const table = calibrationOf(
      [
        [one, { ...one, step: 9 }],
        [one, { ...one, control: 'employer', stratum: 0 }],
      ],
      'check',
    )
    expect(table).toMatchObject({ worlds: 2, check: 'check', signals: signalsHash(signals) })
    expect(table.classes).toEqual({ cron: ['', '', '7:2 9:1'], employer: ['7:1', '', ''] })
    expect(calibrationScores(table).map((scores) => [...scores])).toEqual([[7], [], [7, 7, 9]])
  })

  it('has enough only where every stratum has, without any one class', () => {
    const many = (control: string, size: number) =>
      [0, 1, 2].flatMap((stratum) => new Array<HonestScore>(size).fill({ control, stratum, step: 1 }))
    expect(isEnough([])).toBe(false)
    expect(isEnough([many('no control', 20_000)])).toBe(true)
    expect(isEnough([many('no control', 19_990), many('cron', 20)])).toBe(false)
    expect(isEnough([many('no control', 20_000), many('cron', 20)])).toBe(true)
    expect(isEnough([many('no control', 20_000).slice(20_000)])).toBe(false)
  })

  // With other signals than it was made for the table is not used, and an audit says so.
  it.runIf(calibrationTable.signals === signalsHash(signals))(
    'that ships is of this code: run `npm run calibrate` after a change of signals, clusters or simulation',
    async () => {
      expect(await calibrationCheck()).toBe(calibrationTable.check)
    },
    60_000,
  )
})

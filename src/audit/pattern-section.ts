import type { Report } from '../report/report.ts'
import type { PatternOutcome } from '../tokenmaxxing/run-patterns.ts'

const MOST_GROUPS = 20

type Pattern = Report['tokenmaxxing']['tests'][number]

/** The tests of the pattern as the report prints them. */
export function patternSection(outcomes: readonly PatternOutcome[]): Report['tokenmaxxing'] {
  const tests = outcomes.map(patternRow)
  const testable = tests.filter(({ status }) => status === 'fired' || status === 'quiet').length
  return {
    fired: tests.filter(({ status }) => status === 'fired').length,
    testable,
    total: outcomes.filter(({ test }) => test.role === 'test').length,
    reason: testable > 0 ? null : 'no programme, target, reward or claim is known to the ledger that a test could use',
    tests,
  }
}

function patternRow({ test, result, qValue, fired }: PatternOutcome): Pattern {
  const { id, name, phrase, claim, statistic, nullModel, falsePositives, blindSpots, references } = test
  const tested = result.status === 'tested' ? result : null
  return {
    ...{ id, name, phrase, claim },
    status: statusOf(result.status, test.role, fired),
    pValue: tested?.pValue ?? null,
    qValue: Number.isNaN(qValue) ? null : qValue,
    effect: tested?.effect ?? null,
    statement: tested?.statement ?? (result.status === 'error' ? result.message : null),
    lacks: result.status === 'untestable' ? [...result.lacks] : [],
    groups: (tested?.groups ?? []).slice(0, MOST_GROUPS).map((group) => ({ ...group })),
    groupsOmitted: Math.max(0, (tested?.groups.length ?? 0) - MOST_GROUPS),
    statistic: `${statistic.name}: ${statistic.definition}`,
    nullModel: `${nullModel.name}: ${nullModel.exchangeable}`,
    falsePositives: falsePositives.map(({ id, story, mitigation }) => ({ id, story, mitigation })),
    blindSpots: [...blindSpots],
    references: references.map((reference) => ({ ...reference })),
  }
}

function statusOf(
  result: PatternOutcome['result']['status'],
  role: 'test' | 'context',
  fired: boolean,
): Pattern['status'] {
  if (result !== 'tested') return result
  if (role === 'context') return 'context'
  return fired ? 'fired' : 'quiet'
}

import type { Report, ReportFinding } from '../../src/report/report.ts'

const address = (seed: number) => `0x${seed.toString(16).padStart(4, '0').repeat(10)}`
const hash = (seed: number) => `0x${seed.toString(16).padStart(8, '0').repeat(8)}`
const chain = 'eip155:8453'
const story = {
  id: 'launch-tester',
  story: 'A team gives its testers gas.',
  mitigation: 'Naming a wallet needs a second family of evidence.',
}
const statement = { statement: 'These wallets are our staff.', by: 'Example Labs', expires: '2026-12-31' }

/** A finding of a signal with a null model, which a current statement contests. */
export const linkFinding: ReportFinding = {
  id: 'f3a1c0de00000003',
  signal: 'funder-link',
  subjects: [address(0x1001)],
  count: 1,
  transactions: [hash(0x41), hash(0x42)],
  tested: { statistic: 7, pValue: 0.000_012, qValue: 0.0031 },
  payments: [
    {
      ...{ transaction: hash(0x41), logIndex: 3, chain, usage: 'job-41', time: '2025-02-03T09:30:00.000Z' },
      ...{ payer: address(0x1001), payee: address(0x2001), asset: null, amount: null },
      ...{ level: 'none', returned: '0', returns: [], benign: ['launch-tester'] },
    },
  ],
  returns: [],
  transfers: [
    {
      ...{ chain, transaction: hash(0x42), logIndex: 9, time: '2025-01-02T08:00:00.000Z' },
      ...{ from: address(0x3001), to: address(0x1001), asset: null, amount: '1000' },
    },
  ],
  contested: [statement],
  notes: [],
  benign: [story],
}

export const linkSignal: Report['signals'][number] = {
  ...{
    id: 'funder-link',
    title: 'Payers and their payees were funded by one wallet',
    why: 'Customers choose a service.',
  },
  ...{ maturity: 'experimental', family: 'F1', subject: 'cluster' },
  statistic: 'linked payees: of the payees of a payer, those that its funder funded too.',
  nullModel: 'payees drawn anew: each choice falls on any payee by how popular it is.',
  options: {},
  falsePositives: [story],
  blindSpots: ['Funding through an exchange.'],
  references: [],
  result: {
    status: 'measured',
    tested: 310,
    findings: 1,
    entities: { tested: 310, flagged: 1 },
    note: 'Scores stood still after 12 iterations.',
  },
}

const point = (share: number) => ({ status: 'measured', low: share, mid: share, high: share }) as const
const unknown = { status: 'unavailable', reason: 'the calibrated lower bound is not part of this report' } as const
const shares = (value: number, count: number) => ({
  ...{ value: point(value), count: point(count) },
  ...{ units: unknown, users: unknown },
})
const noShares = { value: unknown, count: unknown, units: unknown, users: unknown }

export const sampleRobustness: Pick<Report, 'controls' | 'sensitivity' | 'missing'> = {
  controls: {
    status: 'measured',
    moved: { payments: 0.93, transfers: 0.88 },
    signals: [
      {
        signal: 'funder-link',
        real: { tested: 310, atLevel: 21, flagged: 1 },
        shuffled: { status: 'measured', tested: 310, atLevel: 9, flagged: 0 },
      },
    ],
  },
  sensitivity: [
    {
      ...{ kind: 'return-rule', option: 'window and return share', value: '30 days, 80 %' },
      flagged: { status: 'unavailable', reason: 'no return rule enters it' },
      ...{ L0: shares(0.0221, 0.0155), L1: noShares },
    },
    {
      ...{ kind: 'entities', option: 'entities', value: 'every wallet by itself' },
      flagged: point(0),
      ...{ L0: shares(0.0243, 0.018), L1: noShares },
    },
    {
      ...{ kind: 'missing', option: 'transfers', value: '10 % of their time left out, 4 draws' },
      flagged: { status: 'measured', low: 0, mid: 0.5, high: 1 },
      ...{ L0: shares(0.022, 0.016), L1: noShares },
    },
  ],
  missing: {
    blocks: { status: 'measured', covered: 3_900_001, missing: 0, share: 0 },
    usagesWithoutTransfer: { status: 'measured', usages: 24, share: 0.0075 },
    payersWithoutFunder: { status: 'measured', payers: 12, share: 0.029 },
  },
}

export const sampleEntities: Pick<Report, 'contested' | 'named' | 'cards' | 'cardsOmitted'> = {
  contested: [
    { ...statement, kind: 'wallet', id: address(0x1001), expired: false, findings: 2 },
    { ...statement, kind: 'finding', id: 'f3a1c0de00000009', expires: '2024-12-31', expired: true, findings: 0 },
  ],
  named: { total: 2, contested: 1, wallets: [address(0x100a)] },
  cards: [
    {
      wallet: address(0x1001),
      wallets: 2,
      payments: { made: 40, received: 2, W0: 2, W1: 3 },
      values: [
        {
          ...{ signal: 'funder-link', family: 'F1', role: 'payer', statistic: 7, pValue: 0.000_012, qValue: 0.0031 },
          ...{ flagged: true, alone: { statistic: 3, pValue: 0.04, qValue: 0.31 } },
          ...{ finding: 'f3a1c0de00000003', transactions: [hash(0x41)] },
        },
      ],
      certificates: [{ signal: 'value-return', family: 'F2', findings: ['f3a1c0de00000002'] }],
      against: [
        { id: 'unrelated-payees', text: 'It paid 3 entities outside itself: 1 linked to it, 2 not.', speaks: true },
        { id: 'after-rewards', text: 'Whether it went on after rewards is not known.', speaks: null },
      ],
      benign: [
        { signal: 'funder-link', id: 'launch-tester', kept: true, why: 'Nothing in this ledger speaks against it.' },
        { signal: 'funder-link', id: 'employer', kept: false, why: 'Staff alone is no finding.' },
      ],
      gate: {
        ...{ level: 'named', posterior: 0.93, families: ['F1', 'F2'], exact: true },
        removal: [{ kind: 'links', id: 'links between its wallets' }],
      },
      contested: [statement],
    },
  ],
  cardsOmitted: 3,
}

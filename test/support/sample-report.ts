import { type EvidencePayment, type Report, type ReportFinding, reportSchema } from '../../src/report/report.ts'
import { linkFinding, linkSignal, sampleEntities, sampleRobustness } from './sample-entities.ts'

const HOUR = 3_600_000
const asset = `0x${'d'.repeat(39)}1`
const address = (seed: number) => `0x${seed.toString(16).padStart(4, '0').repeat(10)}`
const hash = (seed: number) => `0x${seed.toString(16).padStart(8, '0').repeat(8)}`

const notBuilt = { status: 'unavailable', reason: 'the population signals are not part of this version' } as const
const notLabelled = { status: 'unavailable', reason: 'no labelled payments were given (--audited)' } as const
const noUnits = { status: 'unavailable', reason: 'the network reports no units' } as const

const values = (low: number, mid: number, high: number) => ({
  L0: { status: 'measured', low, mid, high } as const,
  L1: notBuilt,
  P: notBuilt,
  U1: notBuilt,
  audited: notLabelled,
})

const falsePositives = {
  'self-payment': [
    {
      id: 'smoke-test',
      story: 'The team pays its own service to see whether it is up.',
      mitigation: 'Labelled operator-test usages stand apart.',
    },
  ],
  'value-return': [
    {
      id: 'refund',
      story: 'A provider that could not deliver sends the money back.',
      mitigation: 'Refund legs are left out of returns.',
    },
    {
      id: 'mutual-customers',
      story: 'Two services use each other at real prices.',
      mitigation: 'The payments of both directions are printed.',
    },
  ],
}

/** A payment of the made-up network, of which 95 % came back in two transfers. */
export function samplePayment(seed: number, fields: Partial<EvidencePayment> = {}): EvidencePayment {
  const amount = 1_000_000 + seed * 12_345
  const returned = Math.floor(amount * 0.95)
  return {
    transaction: hash(seed),
    logIndex: seed % 7,
    chain: 'eip155:8453',
    usage: `job-${seed}`,
    time: `2025-02-${String(1 + (seed % 28)).padStart(2, '0')}T09:30:00.000Z`,
    payer: address(0x1000 + seed),
    payee: address(0x2000 + seed),
    asset,
    amount: String(amount),
    level: 'W1',
    returned: String(returned),
    returns: [
      { transaction: hash(seed + 0x10_000), logIndex: 2, asset, amount: '600000', afterMs: 5 * HOUR },
      {
        transaction: hash(seed + 0x20_000),
        logIndex: 0,
        asset,
        amount: String(returned - 600_000),
        afterMs: 75 * HOUR,
      },
    ],
    benign: ['refund', 'mutual-customers'],
    ...fields,
  }
}

function selfFinding(): ReportFinding {
  const payments = [1, 2].map((seed) =>
    samplePayment(seed, {
      payee: address(0x1000 + seed),
      level: 'W0',
      returned: '0',
      returns: [],
      benign: ['smoke-test'],
    }),
  )
  return {
    id: 'f3a1c0de00000001',
    signal: 'self-payment',
    subjects: [address(0x1001)],
    count: payments.length,
    transactions: payments.map(({ transaction }) => transaction),
    payments,
    returns: [],
    tested: null,
    transfers: [],
    contested: [],
    notes: [],
    benign: falsePositives['self-payment'],
  }
}

/** A finding of returned value with `count` listed payments. */
export function returnFinding(id: string, from: number, count: number): ReportFinding {
  const payments = Array.from({ length: count }, (_, index) => samplePayment(from + index))
  const returns = [...payments.flatMap(transfersBack), unpaidAsset(from)]
  return {
    id,
    signal: 'value-return',
    subjects: [payments[0]?.payer ?? address(0), payments[0]?.payee ?? address(1)],
    count,
    transactions: [...payments, ...returns].map(({ transaction }) => transaction).slice(0, 500),
    payments,
    returns: returns.slice(0, 50),
    tested: null,
    transfers: [],
    contested: [],
    notes: [
      'The payee is a customer of the payer too: 4 counted usages the other way.',
      `The payee sent the payer its first native currency in ${hash(0xf00d)}.`,
    ],
    benign: falsePositives['value-return'],
  }
}

const later = (time: string, ms: number) => new Date(Date.parse(time) + ms).toISOString()

/** The transfers that repay a payment, as the finding lists them; some exceed what they repay. */
function transfersBack({ chain, time, returns }: EvidencePayment): ReportFinding['returns'] {
  return returns.map(({ afterMs, amount, ...transfer }, index) => ({
    ...transfer,
    chain,
    time: later(time, afterMs),
    amount: String(Number(amount) + index * 150_000),
    matched: String(amount),
  }))
}

/** A return in an asset that was not paid with: listed, and matched with nothing. */
const unpaidAsset = (seed: number): ReportFinding['returns'][number] => ({
  chain: 'eip155:8453',
  transaction: hash(seed + 0x30_000),
  logIndex: 5,
  time: '2025-02-20T11:05:00.000Z',
  asset: address(0x99),
  amount: '77',
  matched: '0',
})

function signal(id: 'self-payment' | 'value-return', findings: number): Report['signals'][number] {
  const own = id === 'self-payment'
  return {
    id,
    title: own ? 'The payer is the payee' : 'What was paid came back to the payer',
    why: own ? 'Nobody buys from themselves to get the service.' : 'Customers part with their money; a loop does not.',
    maturity: 'experimental',
    family: own ? 'F1' : 'F2',
    subject: own ? 'payment' : 'pair of wallets',
    statistic: own
      ? 'Effective payer equals effective payee.'
      : 'First-in first-out matched returns within the window.',
    nullModel: own ? 'None needed: a fact about the payment.' : 'None needed: each unit of value is matched once.',
    options: own ? {} : { returnShare: 0.9, windowDays: 30 },
    falsePositives: falsePositives[id],
    blindSpots: [own ? 'One person with two wallets.' : 'Value that returns through an exchange or a mixer.'],
    references: [
      {
        title: 'Victor & Weintraud 2021, Detecting and Quantifying Wash Trading',
        url: 'https://arxiv.org/abs/2102.07001',
      },
    ],
    result: { status: 'measured', tested: 3_214, findings, entities: null, note: null },
  }
}

const level = (level: Report['ladder'][number]['level'], title: string, amount: string, share: number) => {
  const measured = { status: 'measured', amount, share } as const
  return { level, title, note: null, value: measured, count: measured, units: noUnits, users: measured }
}
const unknownLevel = (level: Report['ladder'][number]['level'], title: string) => ({
  ...{ level, title, note: null },
  value: notBuilt,
  count: notBuilt,
  units: notBuilt,
  users: notBuilt,
})

const ladder: Report['ladder'] = [
  level('W0', 'Self', '12', 0.0037),
  level('W1', 'Closed loop', '58', 0.018),
  unknownLevel('W2', 'Linked'),
  unknownLevel('W3', 'Coordinated'),
  unknownLevel('W4', 'Tokenmaxxing'),
  unknownLevel('organic', 'Organic, certified'),
  level('undetermined', 'Undetermined', '3156', 0.982),
]

const reported: Report['reported'] = {
  protocols: ['example-market'],
  from: '2025-01-01T00:00:00.000Z',
  to: '2025-04-01T00:00:00.000Z',
  value: { status: 'measured', basis: 'asset', total: '1234567.891234', asset },
  count: 3_214,
  units: noUnits,
  users: 412,
  providers: 37,
  byStatus: [
    { status: 'delivered', usages: 3_214, counted: true },
    { status: 'refunded', usages: 21, counted: false },
  ],
  byAsset: [
    {
      chain: 'eip155:8453',
      asset,
      symbol: 'USDX',
      decimals: 6,
      amount: '1234567891234',
      declared: true,
      priced: false,
      payments: 3_203,
      overflowing: 0,
    },
    {
      chain: 'eip155:8453',
      asset: address(0x99),
      symbol: null,
      decimals: null,
      amount: '77',
      declared: false,
      priced: false,
      payments: 11,
      overflowing: 1,
    },
  ],
}

const coverage = (table: string, rows: number): Report['coverage'][number] => ({
  source: 'rpc',
  protocol: 'example-market',
  chain: 'eip155:8453',
  table,
  fromBlock: 24_000_000,
  toBlock: 27_900_000,
  fromHash: hash(0xb10c),
  toHash: hash(0xb10d),
  from: '2025-01-01T00:00:00.000Z',
  to: '2025-04-01T00:00:00.000Z',
  method: 'eth_getLogs',
  rows,
  checked: 919,
})

const clusterLink = {
  first: address(0x1001),
  second: address(0x1002),
  kind: 'funder',
  probability: 0.91,
} as const

const adoption: Report['adoption'] = {
  status: 'measured',
  margin: 0.05,
  networks: [
    {
      protocol: 'example-market',
      population: 120,
      unitKind: 'token',
      goal: { share: 0.8, url: 'https://example.org/goal', quote: 'Four in five, every week.', date: '2025-01-02' },
      weeks: [6, 13].map((day, i) => ({
        from: `2025-01-${String(day).padStart(2, '0')}T00:00:00.000Z`,
        whole: i === 0,
        users: 96 + i,
        share: (96 + i) / 120,
        usages: 2_400,
        units: '48000000',
        once: { users: 12, units: '9000' },
        targets: 110,
        reached: 80,
        bareMinimum: { users: 31, units: '320000' },
      })),
      weeksOmitted: 0,
      teams: [
        {
          team: 'search',
          members: 70,
          users: 66,
          adoption: 0.84,
          units: '30000000',
          rankByUnits: 1,
          rankByUsers: 1,
          bareMinimum: 0.3,
        },
        {
          team: 'ads',
          members: 50,
          users: 31,
          adoption: 0.6,
          units: null,
          rankByUnits: null,
          rankByUsers: 2,
          bareMinimum: null,
        },
      ],
      teamsOmitted: 0,
    },
  ],
}

/** A realistic, valid report on a network, wallets and hashes that do not exist. */
export function sampleReport(overrides: Partial<Report> = {}): Report {
  const report: Report = {
    schemaVersion: 5,
    version: '0.1.0',
    ledgerHash: 'a'.repeat(64),
    config: {
      from: '2025-01-01T00:00:00.000Z',
      to: '2025-04-01T00:00:00.000Z',
      seed: 1,
      controls: 'full',
      asOf: '2025-04-01T00:00:00.000Z',
      returnShare: 0.9,
      returnWindowDays: 30,
      prices: [],
    },
    reported,
    claims: [
      {
        protocol: 'example-market',
        metric: 'payments',
        value: '10,000',
        url: 'https://example.org/stats',
        quote: 'Ten thousand payments in the first quarter.',
        date: '2025-04-02',
      },
    ],
    calibration: { signals: 'c'.repeat(64), worlds: 400, classes: ['cron', 'no control'] },
    published: {
      value: values(0.021, 0.0243, 0.0312),
      count: values(0.0155, 0.018, 0.0221),
      units: { ...values(0, 0, 0), L0: noUnits },
      users: values(0.01, 0.0121, 0.0146),
    },
    ladder,
    adoption,
    accounting: {
      settledTransfers: 3_190,
      unsettledUsages: 24,
      returns: { anyTime: 141, afterPayment: 90, excludingSettlements: 72, sameAsset: 70 },
      followUp: { complete: 2_900, incomplete: 314 },
    },
    findings: [selfFinding(), returnFinding('f3a1c0de00000002', 10, 3), linkFinding],
    findingsOmitted: 0,
    signals: [signal('self-payment', 1), signal('value-return', 1), linkSignal],
    tokenmaxxing: {
      fired: 1,
      testable: 1,
      total: 12,
      tests: [patternFired, patternUntestable],
      reason: null,
    },
    entities: { status: 'measured', payers: 912, low: 870, mid: 884, high: 910, bridges: 0, abstained: false },
    clusters: [
      {
        id: address(0x1001),
        size: 2,
        members: [address(0x1001), address(0x1002)],
        links: [
          {
            ...clusterLink,
            transfers: [
              {
                ...{ chain: 'eip155:8453', transaction: hash(0x77), logIndex: 4, time: '2025-01-03T10:00:00.000Z' },
                ...{ from: address(0x3001), to: address(0x1001) },
              },
            ],
          },
        ],
        weakest: clusterLink,
        stability: 0.93,
      },
    ],
    clustersOmitted: 0,
    coverage: [coverage('usage_events', 9_642), coverage('payments', 6_428), coverage('transfers', 41_200)],
    verification: [
      { source: 'rpc', chain: 'eip155:8453', checked: 2_757, powerAtHalfPercent: 0.999999, shareSeen: 0.00167 },
    ],
    incomplete: false,
    ...sampleRobustness,
    rivals: { status: 'unavailable', reason: 'no rival rule is part of this version' },
    rejects: { total: 12, byReason: [{ table: 'payments', reason: 'amount above 10^38 − 1', rows: 12 }] },
    unpriced: {
      usages: 11,
      share: 0.0034,
      assets: [{ chain: 'eip155:8453', asset: address(0x99), symbol: null, usages: 11 }],
    },
    ...sampleEntities,
  }
  return reportSchema.parse({ ...report, ...overrides })
}

const patternCommon = {
  claim: 'More windows end just at the target than the same wallets have without one.',
  statistic: 'windows at the target: Windows that end at the target or at most two above it.',
  nullModel: 'own windows: Rewarded and unrewarded windows of a wallet are alike.',
  falsePositives: [{ id: 'software', story: 'Software stops at the target by default.', mitigation: 'Named as such.' }],
  blindSpots: ['Targets that nobody published.'],
  references: [{ title: 'Chetty and others 2011', url: 'https://doi.org/10.1093/qje/qjr013' }],
}
const patternEffect = { name: 'share at the target', value: 0.41, low: 0.32, high: 0.5 }

const patternFired = {
  ...patternCommon,
  ...{ id: 'H1', name: 'bunching', phrase: 'set a target', status: 'fired' as const, pValue: 0.0004, qValue: 0.0004 },
  effect: patternEffect,
  statement: '41 of 100 windows end at the target of 4, and 12 of 100 of the same wallets without one.',
  ...{ lacks: [], groups: [{ group: 'staking, target 4', size: 100, pValue: 0.0004, effect: patternEffect }] },
  groupsOmitted: 0,
}
const patternUntestable = {
  ...patternCommon,
  ...{ id: 'H3', name: 'racing', phrase: 'leaderboards', status: 'untestable' as const, pValue: null, qValue: null },
  ...{ effect: null, statement: null, lacks: ['ranks of an epoch'], groups: [], groupsOmitted: 0 },
}

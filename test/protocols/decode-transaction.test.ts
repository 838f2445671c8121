import { keccak256, parseAbi, toEventSelector, toHex } from 'viem'
import { describe, expect, it } from 'vitest'
import { decodeFacts, transactionDecoder, withoutOversized } from '../../src/protocols/decode-transaction.ts'
import {
  type Deployment,
  defineProtocol,
  partAddress,
  type RawLog,
  type RawTransaction,
} from '../../src/protocols/protocol.ts'
import { MAX_AMOUNT } from '../../src/records/table.ts'
import { payment, usageEvent } from '../support/records.ts'

const factory = `0x${'f'.repeat(40)}`
const clone = `0x${'c'.repeat(40)}`
const deployment: Deployment = {
  chain: 'eip155:1',
  role: 'factory',
  address: factory,
  fromBlock: 1,
  asset: 'native',
  verified: true,
  source: 'test',
}
const contracts = {
  factory: parseAbi(['event Made(address indexed child)']),
  child: parseAbi(['event Used(uint256 amount)', 'event Used(uint256 indexed amount)']),
}
const protocol = defineProtocol({
  id: 'test',
  title: 'Test',
  version: 1,
  contracts,
  deployments: [deployment],
  discoveries: [{ role: 'factory', event: 'Made', argument: 'child', as: 'child' }],
  assets: [],
  metric: { statuses: ['settled'], time: 'settled_at', unitKind: null },
  about: { row: '', consumer: '', provider: '', price: '', unavailable: [], traps: [], references: [] },
  decode: ({ logs }) => ({
    payments: logs.flatMap(({ args }) => ('amount' in args ? [payment({ amount: args.amount })] : [])),
  }),
})

const word = (value: bigint | number) => value.toString(16).padStart(64, '0')
const made = {
  address: factory,
  topics: [toEventSelector(contracts.factory[0]), `0x${clone.slice(2).padStart(64, '0')}`],
  data: '0x',
}
const used = (amount: bigint) => ({
  address: clone,
  topics: [toEventSelector(contracts.child[0])],
  data: `0x${word(amount)}`,
})

function transaction(...logs: readonly Omit<RawLog, 'logIndex'>[]): RawTransaction {
  return {
    chain: 'eip155:1',
    hash: '0x01',
    blockNumber: 7,
    timestamp: 8_000,
    from: null,
    logs: logs.map((log, logIndex) => ({ ...log, logIndex })),
  }
}

describe('transactionDecoder', () => {
  const decode = transactionDecoder(protocol)

  it('finds a clone whose logs stand before those of its factory', () => {
    const { logs, discovered } = decode(transaction(used(3n), made, used(4n)))
    expect(logs.map(({ role, logIndex }) => [role, logIndex])).toEqual([
      ['child', 0],
      ['factory', 1],
      ['child', 2],
    ])
    expect(discovered).toEqual([
      { ...deployment, role: 'child', address: clone, fromBlock: 7, source: `announced by factory ${factory} in 0x01` },
    ])
  })

  it('tells by an argument which contract is announced, an indexed text by its hash', () => {
    const registry = parseAbi(['event Set(string indexed kind, address at)'])
    const kind = (text: string) => keccak256(toHex(text))
    const discover = (text: string, as: string) =>
      ({ role: 'factory', event: 'Set', argument: 'at', as, where: { argument: 'kind', equals: kind(text) } }) as const
    const named = defineProtocol({
      ...protocol,
      contracts: { factory: registry, child: contracts.child, other: contracts.child },
      discoveries: [discover('child', 'child'), discover('other', 'other')],
      reads: [],
      decode: () => ({}),
    })
    const set = (text: string, at: string) => ({
      address: factory,
      topics: [toEventSelector(registry[0]), kind(text)],
      data: `0x${at.slice(2).padStart(64, '0')}`,
    })
    const raw = transaction(
      set('none', `0x${'e'.repeat(40)}`),
      set('other', `0x${'d'.repeat(40)}`),
      set('child', clone),
    )
    expect(transactionDecoder(named)(raw).discovered.map(({ role, address }) => [role, address])).toEqual([
      ['other', `0x${'d'.repeat(40)}`],
      ['child', clone],
    ])
  })

  it('decodes contracts found earlier, and no other address or chain', () => {
    const known = { ...deployment, role: 'child', address: clone }
    const raw = transaction(used(3n), { ...used(3n), address: `0x${'d'.repeat(40)}` })
    expect(decode(raw).logs).toEqual([])
    expect(decode(raw, (address) => (address === clone ? known : undefined)).logs).toHaveLength(1)
    expect(decode({ ...transaction(made), chain: 'eip155:2' }).logs).toEqual([])
    expect(decode(raw).rawLogs).toHaveLength(2)
  })

  it('finds what was declared or announced, parts by their id, each with the asset that its announcement names', () => {
    const opened = parseAbi(['event Opened(bytes32 indexed id, address indexed token)'])
    const { reads: _, ...rest } = protocol
    const withParts = defineProtocol({
      ...rest,
      contracts: { factory: [...contracts.factory, ...opened], child: contracts.child, part: [] },
      discoveries: [
        ...(protocol.discoveries ?? []),
        { role: 'factory', event: 'Opened', argument: 'id', as: 'part', asset: 'token' },
      ],
      decode: () => ({}),
    })
    const parts = transactionDecoder(withParts)
    const id = `0x${'12'.repeat(32)}`
    const topics = [toEventSelector(opened[0]), id, `0x${word(0x70)}`]
    const { find, discovered } = parts(transaction(made, { address: factory, topics, data: '0x' }))
    expect(find(partAddress(id))).toMatchObject({ role: 'part', asset: `0x${word(0x70).slice(24)}`, fromBlock: 7 })
    expect(find(clone)).toMatchObject({ role: 'child', asset: 'native' })
    expect(find(factory)).toBe(deployment)
    expect(find(`0x${'d'.repeat(40)}`)).toBeUndefined()
    expect(discovered.map(({ address }) => address)).toEqual([clone, partAddress(id)])
    const earlier = { ...deployment, address: clone }
    expect(parts(transaction(), () => earlier).find(clone)).toBe(earlier)
  })

  it('chooses among events of one topic0 by the number of topics', () => {
    const indexed = { ...used(0n), topics: [...used(0n).topics, `0x${word(9)}`], data: '0x' }
    const { logs } = decode(transaction(made, indexed, used(8n)))
    expect(logs.flatMap(({ args }) => ('amount' in args ? [args.amount] : []))).toEqual([9n, 8n])
  })

  it('reports a log of its own that is malformed, and passes over events it does not use', () => {
    const short = { ...used(1n), data: '0x01' }
    const tooMany = { ...used(1n), topics: [...used(1n).topics, `0x${word(1)}`, `0x${word(1)}`] }
    const { logs, malformed } = decode(
      transaction(made, short, tooMany, { ...made, topics: [`0x${word(1)}`] }, { ...made, topics: [] }),
    )
    expect(logs).toHaveLength(1)
    expect(malformed.map(({ log, reason }) => [log.logIndex, reason])).toEqual([
      [1, 'child Used: the data ends before byte 32'],
      [2, 'child Used: Used has 1 topics, the log has 3'],
    ])
  })
})

describe('decodeFacts', () => {
  it('gives facts, contracts found, and what could not be stored', () => {
    const { facts, discovered, malformed, oversized } = decodeFacts(
      protocol,
      transaction(made, used(1n), used(MAX_AMOUNT + 1n), { ...used(1n), data: '0x' }),
    )
    expect(facts.payments?.map(({ amount }) => amount)).toEqual([1n])
    expect(discovered).toHaveLength(1)
    expect(malformed).toHaveLength(1)
    expect(oversized).toHaveLength(1)
  })
})

describe('withoutOversized', () => {
  it('keeps a usage event without its units', () => {
    const event = usageEvent({ units: MAX_AMOUNT + 1n, expected_units: 1n })
    const { facts, oversized } = withoutOversized({
      usage_events: [event],
      payments: [payment({ amount: 2n ** 200n })],
    })
    expect(facts).toEqual({ usage_events: [{ ...event, units: null }], payments: [] })
    expect(oversized.map(({ table, reason }) => [table, reason])).toEqual([
      ['usage_events', 'units above 10^38 - 1'],
      ['payments', 'amount above 10^38 - 1'],
    ])
  })
})

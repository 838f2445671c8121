import { readFileSync } from 'node:fs'
import { toEventSelector } from 'viem'
import { describe, expect, it } from 'vitest'
import { erc20 } from '../../abis/erc20.ts'
import { erc721 } from '../../abis/erc721.ts'
import { withoutOversized } from '../../src/protocols/decode-transaction.ts'
import type { RawLog, RawTransaction } from '../../src/protocols/protocol.ts'
import { TRANSFER_TOPIC, tokenTransfers } from '../../src/protocols/token-transfers.ts'
import { MAX_AMOUNT } from '../../src/records/table.ts'
import { itWithData } from '../support/outside-data.ts'

const word = (value: bigint | number) => value.toString(16).padStart(64, '0')
const party = (digit: string) => `0x${'0'.repeat(24)}${digit.repeat(40)}`

function transaction(...logs: readonly Pick<RawLog, 'topics' | 'data'>[]): RawTransaction {
  return {
    chain: 'eip155:1',
    hash: '0x01',
    blockNumber: 7,
    timestamp: 8_000,
    from: null,
    logs: logs.map((log, logIndex) => ({ ...log, address: '0xcc', logIndex })),
  }
}

describe('tokenTransfers', () => {
  it('reads one topic for both standards', () => {
    expect(toEventSelector(erc20[0])).toBe(TRANSFER_TOPIC)
    expect(toEventSelector(erc721[0])).toBe(TRANSFER_TOPIC)
  })

  it('tells ERC-20 and ERC-721 apart by what is indexed', () => {
    const parties = [TRANSFER_TOPIC, party('a'), party('b')]
    const { transfers, malformed } = tokenTransfers(
      transaction(
        { topics: parties, data: `0x${word(5)}` },
        { topics: [...parties, `0x${word(2n ** 200n)}`], data: '0x' },
      ),
    )
    const shared = {
      chain: 'eip155:1',
      tx_hash: '0x01',
      trace_path: '',
      block_number: 7,
      timestamp: 8_000,
      from: `0x${'a'.repeat(40)}`,
      to: `0x${'b'.repeat(40)}`,
      asset: '0xcc',
      n: 1,
      usage_id: null,
    }
    expect(transfers).toEqual([
      { ...shared, log_index: 0, amount: 5n, token_id: null, kind: 'erc20' },
      { ...shared, log_index: 1, amount: null, token_id: (2n ** 200n).toString(), kind: 'erc721' },
    ])
    expect(malformed).toEqual([])
  })

  it('reports other layouts of the same event, and leaves other events alone', () => {
    const { transfers, malformed } = tokenTransfers(
      transaction(
        { topics: [TRANSFER_TOPIC], data: `0x${word(1).repeat(3)}` },
        { topics: [TRANSFER_TOPIC, party('a'), party('b')], data: '0x' },
        { topics: [`0x${word(1)}`, party('a'), party('b')], data: `0x${word(5)}` },
        { topics: [], data: '0x' },
      ),
    )
    expect(transfers).toEqual([])
    expect(malformed.map(({ log }) => log.logIndex)).toEqual([0, 1])
  })

  it('sets aside an amount that the ledger cannot hold', () => {
    const log = (amount: bigint) => ({ topics: [TRANSFER_TOPIC, party('a'), party('b')], data: `0x${word(amount)}` })
    const { transfers } = tokenTransfers(transaction(log(MAX_AMOUNT), log(MAX_AMOUNT + 1n)))
    const { facts, oversized } = withoutOversized({ transfers })
    expect(facts.transfers?.map(({ amount }) => amount)).toEqual([MAX_AMOUNT])
    expect(oversized).toEqual([{ table: 'transfers', row: transfers[1], reason: 'amount above 10^38 - 1' }])
  })

  const files = ['logs', 'token_transfers'].map((name) => `ethereum-blocks/blocks_17173049_17173050_${name}.json`)
  itWithData('decodes two blocks of mainnet as another tool does', files, (logs, transfers) => {
    const decoded = tokenTransfers(transactionOf(lines(logs!)))
    // Values are above 2^53: they are read from the text itself.
    const known = lines(transfers!).map((line) => {
      const row = JSON.parse(line)
      return { ...row, value: BigInt(/"value": (\d+)/.exec(line)![1]!) }
    })
    expect(decoded.malformed).toEqual([])
    expect(decoded.transfers.filter(({ kind }) => kind === 'erc20')).toHaveLength(282)
    expect(decoded.transfers.filter(({ kind }) => kind === 'erc721')).toHaveLength(9)
    expect(
      decoded.transfers.map((row) => ({
        asset: row.asset,
        from: row.from,
        to: row.to,
        value: row.amount ?? BigInt(row.token_id!),
        log_index: row.log_index,
      })),
    ).toEqual(
      known.map((row) => ({
        asset: row.token_address,
        from: row.from_address,
        to: row.to_address,
        value: row.value,
        log_index: row.log_index,
      })),
    )
  })
})

function lines(file: string): readonly string[] {
  return readFileSync(file, 'utf8').trim().split('\n')
}

/** All logs as those of one transaction: which transaction a log is of says nothing about its own fields. */
function transactionOf(logs: readonly string[]): RawTransaction {
  const parsed = logs.map((line) => JSON.parse(line))
  return {
    ...transaction(),
    logs: parsed.map(({ address, topics, data, log_index }) => ({ address, topics, data, logIndex: log_index })),
  }
}

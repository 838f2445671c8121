import type { ColumnMap, Dialect } from './column-map.ts'
import type { ImportTable } from './targets.ts'

/** A known kind of file: which table it fills, how its columns are called, and which rows are not facts. */
export type Preset = {
  readonly id: string
  readonly title: string
  readonly table: ImportTable
  readonly map: ColumnMap
  readonly dialect: Partial<Dialect>
  /** Rows that happened but moved nothing, kept in rejects: a header, the text that marks them, and why. */
  readonly reject?: { readonly header: string; readonly startsWith: string; readonly reason: string }
}

export const presets: readonly Preset[] = [
  {
    id: 'etherscan-transactions',
    title: 'Transactions of an address as Etherscan and its sister explorers export them (native value)',
    table: 'transfers',
    map: {
      tx_hash: { header: 'Txhash' },
      block_number: { header: 'Blockno' },
      timestamp: { header: 'UnixTimestamp' },
      from: { header: 'From' },
      to: { firstOf: ['To', 'ContractAddress'] },
      amount: { firstOf: ['Value_IN(ETH)', 'Value_OUT(ETH)'] },
      asset: { constant: 'native' },
      kind: { constant: 'native' },
      log_index: { constant: '-1' },
    },
    dialect: { amounts: 'units', decimals: '18', time: 's' },
    reject: { header: 'Status', startsWith: 'Error', reason: 'the transaction failed and moved nothing' },
  },
  {
    id: 'etherscan-token-transfers',
    title: 'ERC-20 transfers of an address as Etherscan and its sister explorers export them',
    table: 'transfers',
    map: {
      tx_hash: { header: 'Txhash' },
      timestamp: { header: 'UnixTimestamp' },
      from: { header: 'From' },
      to: { header: 'To' },
      amount: { header: 'TokenValue' },
      asset: { header: 'ContractAddress' },
      kind: { constant: 'erc20' },
    },
    dialect: { amounts: 'units', time: 's' },
  },
  {
    id: 'usage-export',
    title:
      'What users of one organisation consumed: user, tool, tokens, time, and if known team, weekly target and leaderboard',
    table: 'usage',
    map: {
      timestamp: { header: 'time' },
      consumer: { header: 'user' },
      provider: { header: 'tool' },
      units: { header: 'tokens' },
      unit_kind: { constant: 'token' },
    },
    dialect: { time: 'iso' },
  },
  {
    id: 'usage-roster',
    title: 'Who works in which team, those who used nothing among them: user, team',
    table: 'links',
    map: { subject: { header: 'user' }, object: { header: 'team' }, kind: { constant: 'member' } },
    dialect: {},
  },
]

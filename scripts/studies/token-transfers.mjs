import { join } from 'node:path'
import { missingReasons, publishedTable, runStudy, signalTable, writeStudy } from './study.mjs'

/** Transfers of one token, read as if a network counted each of them as usage. */
export function tokenTransfers(folder) {
  const file = join(folder, 'erc20-transfers', 'near-transfers.csv.gz')
  const common = ['--chain', 'file:token-transfers', '--decimals', '24', '--amounts', 'units', '--max-rejects', '1000']
  const { report, commands } = runStudy(null, [
    [
      ...['import', file, '--table', 'usage', '--protocol', 'token-transfers', ...common],
      ...[
        '--map',
        'tx_hash=tx_hash,block_number=block,timestamp=ts,consumer=from,provider=to,asset=token,amount=quantity',
      ],
    ],
    [
      ...['import', file, '--table', 'transfers', ...common],
      ...['--map', 'tx_hash=tx_hash,block_number=block,timestamp=ts,from=from,to=to,asset=token,amount=quantity'],
    ],
  ])
  const { reported, accounting } = report
  writeStudy(
    'token-transfers',
    `
# Transfers of one token, as if they were usage

${reported.count} transfers of one ERC-20 token on Ethereum mainnet, 2024 to 2025, from an explorer's export whose months are
capped, so that it is incomplete. Nobody here pays for a service: it is background traffic of exchanges, pools, routers and
people. The study asks what the tool says where a network counts every transfer as usage, and where signals are wrong.
Nothing here is a statement about anybody.

Made by \`npm run studies\` from kmouly/Wash-Trading-Case-Study-for-ERC20-Token at abefb41a60f3 (MIT); do not edit. By hand:

${commands}

## Figures

${publishedTable(report)}

${missingReasons(report)}

## Signals

${signalTable(report)}

## What the numbers mean

- Every transfer settles the usage that was read from it (${accounting.settledTransfers} do), so none is left that could be a return or
  a funding: **L0 counts payments to oneself alone**, and links between wallets have nothing to rest on.
- Pools and routers stand on both sides of trade by design. Where a signal finds many of them, that is its rate of false
  positives on trade, which is no payment for a service. The method is not made for exchanges.

## What they do not mean

- That a rate here carries over to a network of services: traffic through pools has other shapes.
- That the token's trade was or was not worked: quantities of both sides of a swap are not in the file.
`,
  )
}

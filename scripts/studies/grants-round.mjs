import { join } from 'node:path'
import { missingReasons, publishedTable, runStudy, signalTable, writeStudy } from './study.mjs'

const PLACE = 'block_number=block,timestamp=ts,log_index=log_index'

/** A grants round with matching money: people pay projects, and a fund adds to what many people paid. */
export function grantsRound(folder) {
  const round = join(folder, 'gitcoin-round-6')
  const common = ['--protocol', 'grants-round', '--chain', 'eip155:1']
  const { report, commands } = runStudy(null, [
    [
      ...['import', join(round, 'donations.csv.gz'), '--table', 'usage', ...common],
      ...[
        '--map',
        `${PLACE},tx_hash=tx_hash,tx_from=tx_from,consumer=donor,provider=grant,asset=token,amount=amount_raw`,
      ],
    ],
    [
      ...['import', join(round, 'transfers.csv.gz'), '--table', 'transfers', ...common, '--max-rejects', '1000'],
      ...['--map', `${PLACE},tx_hash=tx_hash,from=from,to=to,asset=token,amount=amount_raw`],
    ],
  ])
  const { reported, accounting, entities, clusters } = report
  writeStudy(
    'grants-round',
    `
# A grants round with matching money

Ethereum mainnet, blocks 10245999 to 10309068, June 2020: ${reported.count} payments of ${reported.users} donors to
${reported.providers} grants, and the native and token transfers around them. A fund adds money by how many people paid a
grant, not by how much: an incentive to pay with many wallets. It is the closest real set to consumers who pay providers.
Nobody knows which payments were what they seem; nothing here is a statement about anybody. No name is in this page.

Made by \`npm run studies\` from TrueBlocks/gitcoin-data at 05b42146c2ab; do not edit. To do it by hand:

${commands}

## Figures

${publishedTable(report)}

${missingReasons(report)}

## Signals

${signalTable(report)}

## Wallets and entities

${
  entities.status === 'measured'
    ? `${entities.payers} paying wallets are between ${entities.low} and ${entities.high} entities, ${entities.mid} at the
probability at which a wallet would be named. ${clusters.length} clusters are listed${entities.abstained ? '; only sure links were kept, since probable ones joined too many' : ''}.`
    : `Not measured: ${entities.reason}.`
}

## What the numbers mean

- **L0** is what the ledger proves: payments to oneself, and value that came back. Transfers from a grant to one of its own
  donors: ${accounting.returns.anyTime} at any time, ${accounting.returns.afterPayment} after the payment,
  ${accounting.returns.excludingSettlements} of them no settlement of a payment themselves, and ${accounting.returns.sameAsset}
  in the asset that was paid. A plain recount (\`node scripts/recount-round-6.mjs\`) gives the same.
- ${accounting.followUp.incomplete} of ${accounting.followUp.incomplete + accounting.followUp.complete} payments are not followed for the whole 30 days after them: the transfers end
  with the round. What came back later is not in the file, so L0 is a floor.
- A donor with several wallets who pays several grants is **linked, and not wash usage**: the grants are other people's. What
  the round's rule rewards is another question, which this audit does not answer.

## What they do not mean

- **L1 is no bound here.** It takes payers to look like customers of services, and donors are of no such class: they pay many
  grants of one list in one go, which is what "the same payees in the same order" finds. A calibration on grants is needed.
- A small L0 does not say that a round was honest: money that goes back through an exchange is not seen.
- Value is not measured where several assets are declared and none is priced: an average over them would be a guess.
- Transfers of wallets that only received money from an exchange are not in the file; links by funding need them.
`,
  )
}

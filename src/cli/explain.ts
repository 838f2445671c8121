import type { Command } from 'commander'
import { openLedger } from '../ledger/duckdb.ts'
import { type ExplainedLink, type Explanation, explain } from '../workflows/explain.ts'
import { entityText } from './explain-text.ts'
import { LEDGER, wholeNumber } from './options.ts'
import { columnsOf, type GlobalOptions, print } from './output.ts'

export function explainCommand(program: Command): void {
  program
    .command('explain <wallet> [other]')
    .description(
      'Print the path of evidence between two wallets, or that there is none; of one wallet, what speaks for and against it, and what links it.',
    )
    .option('--ledger <file>', 'the ledger to read', LEDGER)
    .option('--seed <n>', 'seed of every random stream', wholeNumber, 1)
    .addHelpText('after', '\nExample:\n  $ washboard explain 0x… 0x… --ledger washboard.duckdb')
    .action(async (wallet: string, other: string | undefined, _: unknown, self: Command) => {
      const flags = self.optsWithGlobals<GlobalOptions & { readonly ledger: string; readonly seed: number }>()
      const ledger = await openLedger(flags.ledger, { readOnly: true })
      try {
        const explanation = await explain(ledger, wallet, other ?? null, flags.seed)
        print(flags.json ? JSON.stringify(explanation) : printable(explanation))
      } finally {
        ledger.close()
      }
    })
}

function printable(explanation: Explanation): string {
  const { entity } = explanation
  const links = explanationText(explanation)
  return entity === null ? links : `${entityText(entity, columnsOf(process.stdout))}\n\n${links}`
}

const kinds = {
  owner: 'one owner, by a registry',
  deposit: 'one deposit address of an exchange',
  funder: 'one wallet funded both first',
  'token-funder': 'one wallet sent both their first tokens',
  sweep: 'what was left went to one wallet',
  'token-sweep': 'the tokens that were left went to one wallet',
  root: 'the money of their funders came from one wallet',
  'token-root': 'the tokens of their funders came from one wallet',
  loop: 'what they paid came back to them through one wallet',
  funded: 'one funded the other first',
} as const

function explanationText({ wallet, other, cluster, funder, links }: Explanation): string {
  const alone = cluster === null ? `${wallet} is linked to no other party.` : null
  const group =
    cluster === null
      ? []
      : [`${wallet} is one of ${cluster.members} linked wallets; the first to pay is ${cluster.id}.`]
  const funded = funder === null ? [] : [`Its first native currency came from ${funder}.`]
  const none = other !== null && links.length === 0 ? [`Nothing in this ledger links ${wallet} and ${other}.`] : []
  const limit = 'Linked is not one person for certain, and no link says that usage is wash usage.'
  return [
    ...(alone === null ? group : other === null ? [alone] : []),
    ...funded,
    ...none,
    ...links.flatMap(linkText),
    limit,
  ].join('\n')
}

function linkText({ first, second, kind, probability, transfers }: ExplainedLink): string[] {
  const sure = probability === 1 ? 'certain' : `posterior ${probability.toFixed(3)}`
  return [
    `  ${first} – ${second}: ${kinds[kind]} (${sure})`,
    ...transfers.map(({ chain, transaction, time, from, to }) => {
      const at = time === null ? 'time not known' : new Date(time).toISOString()
      return `    ${at} ${from} → ${to} in ${transaction} on ${chain}`
    }),
  ]
}

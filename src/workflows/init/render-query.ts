import type { AbiEvent } from 'viem'
import { subgraphFields } from '../../protocols/event-subgraph.ts'

/**
 * The query of a network of one's own: entity and fields as `graph init` names them after the event, asked for at one
 * block, in windows of blocks, page by page.
 */
export function renderQuery(event: AbiEvent): string {
  const fields = subgraphFields(event).map(({ field, input }) =>
    field === input.name ? field : `${field}: event${upperFirst(String(input.name))}`,
  )
  return `# The logs of ${event.name} as a subgraph keeps them that \`graph init\` made of the contract. Where the schema of yours has
# other names, correct them here: \`name: theirs\` keeps a name. Ids must hold transaction hash and log index.

query ${upperFirst(event.name)}Logs($block: Bytes!, $after: Bytes!, $from: BigInt!, $to: BigInt!) {
  _meta(block: { hash: $block }) {
    deployment
    hasIndexingErrors
    block {
      number
      hash
    }
  }
  ${fieldOf(event)}(
    first: 1000
    block: { hash: $block }
    orderBy: id
    orderDirection: asc
    where: { id_gt: $after, blockNumber_gte: $from, blockNumber_lte: $to }
  ) {
    id
${fields.map((field) => `    ${field}`).join('\n')}
    blockNumber
    blockTimestamp
    transactionHash
  }
}
`
}

/** The field under which graph-node lists the entities of an event. */
export function fieldOf({ name }: AbiEvent): string {
  const one = `${name.charAt(0).toLowerCase()}${name.slice(1)}`
  if (/[^aeiou]y$/.test(one)) return `${one.slice(0, -1)}ies`
  return /(s|x|z|ch|sh)$/.test(one) ? `${one}es` : `${one}s`
}

function upperFirst(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

import type { AbiParameter } from 'viem'
import type { DeclaredAsset, Deployment } from '../../protocols/protocol.ts'
import type { Choice } from './choose-event.ts'
import { signatureOf } from './read-abi.ts'
import { fieldOf } from './render-query.ts'

/** What a new network is called, and where it stands. */
export type NewNetwork = {
  readonly id: string
  readonly choice: Choice
  readonly deployment: Pick<Deployment, 'chain' | 'address' | 'fromBlock'>
  /** What every use is paid in, where no argument says it: a token address, or `native`. Null: not known. */
  readonly asset: string | null
  readonly assets: readonly DeclaredAsset[]
  readonly unitKind: string | null
  /** Whether a query of a subgraph stands beside the file. */
  readonly subgraph: boolean
  readonly format: 'ts' | 'mjs'
}

export const ROLE = 'contract'
const WIDTH = 120

/** The file of a network: a protocol that the loader reads as it is, laid out as a formatter would leave it. */
export function renderProtocol(network: NewNetwork): string {
  const { id, choice, subgraph, format } = network
  const typed = subgraph && format === 'ts'
  const names = ['defineProtocol', ...(subgraph ? ['eventSubgraph'] : []), 'paidUsage', 'parseAbi']
  const imported = typed ? [...names, 'type Transaction'] : names
  const lines = [
    `// Written by washboard init from the event ${choice.event.name}. It is yours: read it, and correct what it says of your network.`,
    `import { ${imported.join(', ')} } from 'washboard/protocols'`,
    '',
    ...(subgraph ? [`const contracts = {`, ...abiLines(choice, '  '), `}`, ''] : []),
    ...(subgraph ? [...decodeLines(network, typed), ''] : []),
    'export default defineProtocol({',
    ...head(id),
    ...(subgraph ? ['  contracts,'] : ['  contracts: {', ...abiLines(choice, '    '), '  },']),
    ...deploymentLines(network),
    ...assetLines(network),
    `  metric: { statuses: ['settled'], time: 'settled_at', unitKind: ${literal(network.unitKind)} },`,
    ...aboutLines(network),
    ...(subgraph ? subgraphLines(network) : decodeLines(network, false).map((line) => `  ${line}`)),
    '})',
  ]
  return `${lines.join('\n')}\n`
}

function head(id: string): string[] {
  return [`  id: ${literal(id)},`, `  title: ${literal(id)},`, '  version: 1,']
}

function abiLines({ event }: Choice, indent: string): string[] {
  const text = literal(signatureOf(event))
  const line = `${indent}${ROLE}: parseAbi([${text}]),`
  return line.length <= WIDTH ? [line] : [`${indent}${ROLE}: parseAbi([`, `${indent}  ${text},`, `${indent}]),`]
}

function deploymentLines({ deployment: { chain, address, fromBlock } }: NewNetwork): string[] {
  const fields = { chain, role: ROLE, address, fromBlock, verified: false, source: 'given to washboard init' }
  return ['  deployments: [', ...objectLines(fields, '    '), '  ],']
}

function assetLines({ assets, choice, asset }: NewNetwork): string[] {
  if (assets.length > 0) return ['  assets: [', ...assets.flatMap((one) => objectLines(one, '    ')), '  ],']
  if (choice.asset === null && asset === 'native') return ['  assets: [],']
  return [
    "  // Each token paid in, as { chain, asset: '0x…', symbol: 'USDC', decimals: 6, peg: 'USD' }: without it, its transfers are",
    '  // not read and its value is not counted.',
    '  assets: [],',
  ]
}

function objectLines(fields: object, indent: string): string[] {
  const inside = Object.entries(fields).map(([name, value]) => `${indent}  ${name}: ${literal(value)},`)
  return [`${indent}{`, ...inside, `${indent}},`]
}

function aboutLines({ choice, asset, unitKind }: NewNetwork): string[] {
  const { event, consumer, provider, amount } = choice
  const paidIn = choice.asset === null ? (asset ?? 'an asset that is not known') : `the asset in ${choice.asset.name}`
  const unavailable = [
    ...(choice.units === null ? ['Units: the event does not say them.'] : []),
    ...(unitKind === null && choice.units !== null ? ['What the units are.'] : []),
  ]
  return [
    '  about: {',
    `    row: ${literal(`One log of ${event.name}.`)},`,
    `    consumer: ${literal(`The argument ${consumer.name}.`)},`,
    `    provider: ${literal(`The argument ${provider.name}.`)},`,
    `    price: ${literal(`The argument ${amount.name}, in the smallest unit of ${paidIn}.`)},`,
    `    unavailable: [${unavailable.map(literal).join(', ')}],`,
    '    traps: [],',
    '    references: [],',
    '  },',
  ]
}

/** A function of its own where the subgraph needs it too, else a method. */
function decodeLines({ id, choice, asset, unitKind, subgraph }: NewNetwork, typed: boolean): string[] {
  const { units, service } = choice
  const type = typed ? ': Transaction<typeof contracts>' : ''
  return [
    `${subgraph ? 'function ' : ''}decode(transaction${type}) {`,
    '  const uses = transaction.logs.map(({ args, logIndex }) => ({',
    '    logIndex,',
    `    consumer: args.${choice.consumer.name},`,
    `    provider: args.${choice.provider.name},`,
    ...(choice.asset === null ? [`    asset: ${literal(asset)},`] : assetOf(`args.${choice.asset.name}`)),
    `    amount: ${bigintOf(choice.amount)},`,
    ...(units === null ? [] : [`    units: ${bigintOf(units)},`]),
    ...(units === null || unitKind === null ? [] : [`    unitKind: ${literal(unitKind)},`]),
    ...(service === null ? [] : [`    service: ${textOf(service)},`]),
    '  }))',
    `  return paidUsage(transaction, ${literal(id)}, uses)`,
    subgraph ? '}' : '},',
  ]
}

/** Contracts name the chain's own currency by an address that holds no token. */
function assetOf(argument: string): string[] {
  return [`    asset: /^0x(0{40}|e{40})$/.test(${argument}) ? 'native' : ${argument},`]
}

/** Up to 48 bits an argument is a number. */
function bigintOf({ name, type }: AbiParameter): string {
  const bits = Number(/^u?int(\d*)$/.exec(type)?.[1] || 256)
  return bits <= 48 ? `BigInt(args.${name})` : `args.${name}`
}

function textOf({ name, type }: AbiParameter): string {
  return /^(string|address|bytes\d*)$/.test(type) ? `args.${name}` : `String(args.${name})`
}

function subgraphLines({ id, choice: { event } }: NewNetwork): string[] {
  return [
    '  subgraph: eventSubgraph({',
    `    document: new URL(${literal(`./${id}.graphql`)}, import.meta.url),`,
    `    field: ${literal(fieldOf(event))},`,
    '    contracts,',
    `    role: ${literal(ROLE)},`,
    `    event: ${literal(event.name)},`,
    '    decode,',
    '  }),',
    '  decode,',
  ]
}

/** A value as source text, in single quotes unless these would have to be escaped. */
export function literal(value: unknown): string {
  const text = JSON.stringify(value)
  if (typeof value !== 'string' || (value.includes("'") && !value.includes('"'))) return text
  return `'${text.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

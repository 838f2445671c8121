import { usdcEip3009 } from '../../abis/usdc-eip3009.ts'
import { x402Permit2Proxy } from '../../abis/x402-permit2-proxy.ts'
import type { Reject } from '../records/coverage.ts'
import { type PaidUse, paidUsage } from './paid-usage.ts'
import { type Anchor, type DecodedLog, defineProtocol, type Transaction, type UnsourcedFacts } from './protocol.ts'
import { x402Assets, x402Deployments } from './x402-deployments.ts'
import { FACILITATORS_AS_OF, type Facilitator, x402Facilitators } from './x402-facilitators.ts'

const contracts = { token: usdcEip3009, 'permit2-proxy': x402Permit2Proxy } as const

type X402Transaction = Transaction<typeof contracts>
type X402Log = DecodedLog<typeof contracts>
type TokenTransfer = Extract<X402Log, { readonly eventName: 'Transfer' }>
type Authorization = Extract<X402Log, { readonly eventName: 'AuthorizationUsed' }>

/** What a seller asks for one of its resources, as its price list or a directory says. */
export type PricedService = {
  /** CAIP-2. */
  readonly chain: string
  readonly seller: string
  /** In the smallest unit of the token. */
  readonly price: bigint
  readonly name: string
}

export type X402Options = {
  /** Beside those of the list. */
  readonly facilitators?: readonly Facilitator[]
  /** Price lists, by which a settlement is taken to be for a resource; two at one price leave it open. */
  readonly services?: readonly PricedService[]
  /** Reads only what these were paid, which is far less than all there is. */
  readonly sellers?: readonly string[]
}

/** x402 with facilitators, price lists and sellers of one's own. */
export function x402With(options: X402Options) {
  const { facilitators = [], services = [], sellers = [] } = options
  const listed = [...x402Facilitators, ...facilitators].map((one) => ({ ...one, address: one.address.toLowerCase() }))
  const scope: Scope = {
    senders: new Set(listed.map(({ chain, address }) => `${chain}:${address}`)),
    resources: resourcesByPrice(services),
    sellers: new Set(sellers.map((seller) => seller.toLowerCase())),
  }
  const added = [...facilitators, ...services, ...scope.sellers].map((one) => JSON.stringify(one, amountsAsText)).sort()
  return defineProtocol({
    id: 'x402',
    title: 'x402 payments',
    version: 1,
    contracts,
    deployments: x402Deployments,
    anchors: anchorsOf([...scope.sellers].sort()),
    ...(added.length === 0 ? {} : { configuration: added.join() }),
    assets: x402Assets,
    labels: listed.map(labelOf),
    metric: { statuses: ['settled'], time: 'settled_at', unitKind: null },
    about,
    decode: (transaction) => decode(transaction, scope),
  })
}

const about = {
  row: 'One settlement: an authorization that was used, or a Permit2 settlement, with the transfer beside it.',
  consumer: 'Who signed the authorization and whose balance pays; the sender of the transaction is a facilitator.',
  provider: 'The address paid, which may be a router, a splitter or an escrow of many sellers.',
  price: 'The amount of the transfer in the same transaction.',
  unavailable: [
    'The resource that was paid for: its address is not on the chain. A price list ties seller, chain and price to one.',
    'The number of requests behind a settlement: schemes with a cap or a batch settle many at once.',
    'Settlements by facilitators that are not listed: they stand among the rejects, with their number.',
    'Settlements in tokens other than USDC, and those on chains other than Base and Polygon.',
    'What the payer got: neither request nor response leaves a trace.',
  ],
  traps: [
    `Authorizations are used outside x402 as well; the list of facilitators decides, and it is of ${FACILITATORS_AS_OF}.`,
    'Gas is the facilitator’s and often free, so that sending dollars in a circle costs the payer nothing.',
    'Bursts of payments of one dollar can be token mints sold over x402: many real buyers, no use of a service.',
    'Payments into the escrow of Virtuals are jobs of that network; audit the two apart and do not add them up.',
    'Figures published elsewhere differ by a factor of ten with the definition; compare none without theirs.',
  ],
  references: [
    { title: 'x402 and its Permit2 proxies', url: 'https://github.com/coinbase/x402' },
    { title: 'EIP-3009', url: 'https://eips.ethereum.org/EIPS/eip-3009' },
    { title: 'List of facilitators', url: 'https://github.com/Merit-Systems/x402scan' },
  ],
} as const

/** All transfers of USDC are far too many to read, and no log names the sender of its transaction. */
function anchorsOf(sellers: readonly string[]): readonly Anchor[] {
  if (sellers.length > 0) return [{ role: 'token', event: 'Transfer', where: { argument: 'to', among: sellers } }]
  return [
    { role: 'token', event: 'AuthorizationUsed' },
    { role: 'permit2-proxy', event: 'Settled' },
    { role: 'permit2-proxy', event: 'SettledWithPermit' },
  ]
}

function labelOf({ chain, address, name, source }: Facilitator) {
  return { address, chain, kind: 'facilitator', name, source, as_of: FACILITATORS_AS_OF } as const
}

type Resources = ReadonlyMap<string, string | null>

/** What decides which settlements are rows. No sellers: all are. */
type Scope = {
  readonly senders: ReadonlySet<string>
  readonly resources: Resources
  readonly sellers: ReadonlySet<string>
}

function resourcesByPrice(services: readonly PricedService[]): Resources {
  const found = new Map<string, string | null>()
  for (const { chain, seller, price, name } of services) {
    const key = `${chain}:${seller.toLowerCase()}:${price}`
    found.set(key, found.has(key) && found.get(key) !== name ? null : name)
  }
  return found
}

function decode(transaction: X402Transaction, { senders, resources, sellers }: Scope): UnsourcedFacts {
  const { chain, from, logs } = transaction
  const uses: PaidUse[] = []
  const rejects: Omit<Reject, 'source'>[] = []
  const transfers = logs.filter((log): log is TokenTransfer => log.eventName === 'Transfer')
  for (const log of logs) {
    if (log.eventName === 'Transfer') continue
    const authorized = log.eventName === 'AuthorizationUsed'
    const paid = authorized ? allowedBy(log, transfers) : lastBefore(log, transfers)
    if (sellers.size > 0 && !sellers.has(paid?.args.to ?? '')) continue
    const reason = authorized ? strangerOf(chain, from, senders) : null
    if (paid !== undefined && reason === null) uses.push(useOf(chain, log.logIndex, paid, resources))
    else rejects.push(rejectOf(transaction, log, reason ?? 'no transfer of a declared token belongs to it'))
  }
  return { ...paidUsage(transaction, 'x402', uses), rejects }
}

/** Why an authorization is not known to be an x402 payment; null where its sender is a facilitator. */
function strangerOf(chain: string, from: string | null, senders: ReadonlySet<string>): string | null {
  if (from === null) return 'the sender is not known, and so not whether it was a facilitator'
  return senders.has(`${chain}:${from}`) ? null : 'the sender is no listed facilitator'
}

/** The token moves what was signed right after it has noted the signature. */
function allowedBy({ address, args, logIndex }: Authorization, transfers: readonly TokenTransfer[]) {
  return transfers.find(
    (one) => one.logIndex === logIndex + 1 && one.address === address && one.args.from === args.authorizer,
  )
}

/** A settlement through Permit2 names nobody, and its transfer stands right before it. */
function lastBefore({ logIndex }: X402Log, transfers: readonly TokenTransfer[]) {
  return transfers.find((one) => one.logIndex === logIndex - 1)
}

function rejectOf({ hash, from }: X402Transaction, log: X402Log, reason: string): Omit<Reject, 'source'> {
  const { eventName, address, logIndex, args } = log
  const raw = JSON.stringify({ transactionHash: hash, logIndex, from, address, event: eventName, ...args })
  return { table_name: 'usage_events', position: `${hash}:${logIndex}`, reason, raw }
}

function useOf(chain: string, logIndex: number, { address, args }: TokenTransfer, resources: Resources): PaidUse {
  const service = resources.get(`${chain}:${args.to}:${args.value}`) ?? null
  return {
    logIndex,
    consumer: args.from,
    provider: args.to,
    asset: address,
    amount: args.value,
    ...(service === null ? {} : { service }),
    attribution: service === null ? 'same-tx' : 'price-match',
  }
}

function amountsAsText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}

/** Payments for HTTP requests that the payer signs and a facilitator sends. */
export const x402 = x402With({})

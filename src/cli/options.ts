import { readFile } from 'node:fs/promises'
import { InvalidArgumentError } from 'commander'
import { isAddress } from 'viem'
import { z } from 'zod'
import { type Contest, parseContests } from '../audit/contest.ts'
import { ConfigError } from '../errors.ts'
import type { Price } from '../features/value.ts'

export const LEDGER = 'washboard.duckdb'

/** Exit code where two sources do not say the same, as for a report that cannot be verified. */
export const MISMATCH = 5

/** `eip155:100`, or the number alone. */
export function chainId(text: string): string {
  if (/^\d+$/.test(text)) return `eip155:${text}`
  if (/^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,64}$/.test(text)) return text
  throw new InvalidArgumentError(`Fix: write a chain as 100 or eip155:100, not ${JSON.stringify(text)}.`)
}

/** An address in lower case. One with both cases must be spelled as its checksum says. */
export function contractAddress(text: string): string {
  if (isAddress(text)) return text.toLowerCase()
  throw new InvalidArgumentError('Fix: give an address of 0x and 40 hex digits, copied whole.')
}

/** Adds one `chain=url` to those given before. `\${NAME}` in a URL is read from the environment, so that keys stay out of shells. */
export function endpoint(
  text: string,
  before: { chain: string; url: string }[] = [],
): { chain: string; url: string }[] {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('Fix: write --rpc 100=https://…, or --rpc eip155:100=$' + '{GNOSIS_RPC}.')
  return [...before, { chain: chainId(text.slice(0, at)), url: expandedUrl(text.slice(at + 1)) }]
}

/** The subgraph of a network on a chain. */
export type NetworkUrl = { readonly network: string; readonly chain: string; readonly url: string }

/** Adds one `network@chain=url` to those given before. */
export function networkUrl(text: string, before: readonly NetworkUrl[] = []): NetworkUrl[] {
  const [, network, chain, url] = /^([^@=]+)@([^=]+)=(.+)$/.exec(text) ?? []
  if (network === undefined || chain === undefined || url === undefined)
    throw new InvalidArgumentError('Fix: write --subgraph olas-mech@100=https://…, with $' + '{NAME} for a key.')
  return [...before, { network, chain: chainId(chain), url: expandedUrl(url) }]
}

/** An http URL; `\${NAME}` in it is read from the environment. */
export function expandedUrl(text: string): string {
  const url = text.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = process.env[name]
    if (value === undefined) throw new InvalidArgumentError(`Fix: set the environment variable ${name}.`)
    return value
  })
  if (!/^https?:\/\//.test(url)) throw new InvalidArgumentError('Fix: give an http or https URL after the chain.')
  return url
}

/** A day or time as UTC ms. */
export function time(text: string): number {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const zoned = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text)
  const ms = day || zoned ? Date.parse(text) : Number.NaN
  if (Number.isNaN(ms)) throw new InvalidArgumentError('Fix: write a day such as 2025-01-31, or a time with its zone.')
  return ms
}

export function wholeNumber(text: string): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) throw new InvalidArgumentError('Fix: give a whole number.')
  return value
}

/** A number above 0 and below 1. */
export function fraction(text: string): number {
  const value = Number(text)
  if (!(value > 0 && value < 1)) throw new InvalidArgumentError('Fix: give a share such as 0.2, which is 20 %.')
  return value
}

const priceRow = z.object({
  chain: z.string().min(1),
  asset: z.string().min(1),
  usd: z.string().regex(/^\d+(\.\d{1,18})?$/),
  source: z.string().min(1),
  decimals: z.coerce.number().int().min(0).max(38).optional(),
  symbol: z.string().optional(),
})

/** Prices from a CSV file with the columns chain, asset, usd, source, and optionally decimals and symbol. */
export async function readPrices(path: string): Promise<Price[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ConfigError(`The price file ${path} cannot be read.`, { fix: 'Check the path.', cause })
  })
  const [header = '', ...lines] = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const names = header.split(',').map((name) => name.trim())
  return lines.map((line, i) => {
    const fields = line.split(',').map((field) => field.trim())
    const record = Object.fromEntries(names.map((name, at) => [name, fields[at] === '' ? undefined : fields[at]]))
    const parsed = priceRow.safeParse(record)
    if (parsed.success) {
      const { chain, asset, usd, source, decimals, symbol } = parsed.data
      const known = { chain, asset: chain.startsWith('eip155:') ? asset.toLowerCase() : asset, usd, source }
      return { ...known, ...(decimals === undefined ? {} : { decimals }), ...(symbol === undefined ? {} : { symbol }) }
    }
    const issue = parsed.error.issues[0]
    throw new ConfigError(`Line ${i + 2} of the price file ${path} is not a price.`, {
      details: [`${issue?.path.join('.')}: ${issue?.message}`],
      fix: 'Write the columns chain,asset,usd,source and a price such as 2315.07.',
    })
  })
}

/** Statements against findings and wallets, from a JSON file. */
export async function readContests(path: string): Promise<Contest[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ConfigError(`The contest file ${path} cannot be read.`, { fix: 'Check the path.', cause })
  })
  return parseContests(text, `The contest file ${path}`)
}

import { clip, shortAddress } from '../format.ts'
import { type Html, html } from './template.ts'

const explorers: Readonly<Record<string, string>> = {
  'eip155:1': 'https://etherscan.io',
  'eip155:10': 'https://optimistic.etherscan.io',
  'eip155:100': 'https://gnosisscan.io',
  'eip155:137': 'https://polygonscan.com',
  'eip155:8453': 'https://basescan.org',
  'eip155:42161': 'https://arbiscan.io',
}

const explorerOf = (chain: string) => (Object.hasOwn(explorers, chain) ? explorers[chain] : undefined)

/** Longer ids than any chain has come from hostile files; they stay whole in the embedded report. */
const MAX_ID = 130

/** An id as it stands on its chain. */
export const id = (value: string): Html => html`<code>${clip(value, MAX_ID)}</code>`

/** A transaction hash in full, linked where the chain has a known explorer and the hash its shape. */
export function transaction(chain: string, hash: string): Html {
  const explorer = explorerOf(chain)
  if (explorer === undefined || !/^0x[0-9a-f]{64}$/.test(hash)) return id(hash)
  return html`<a href="${explorer}/tx/${hash}" rel="noreferrer"><code>${hash}</code></a>`
}

/** An address, linked as transactions are. Only a link can be short: it still leads to the whole address. */
export function address(chain: string, value: string, length: 'short' | 'full' = 'short'): Html {
  const explorer = explorerOf(chain)
  if (explorer === undefined || !/^0x[0-9a-f]{40}$/.test(value)) return id(value)
  const shown = length === 'short' ? shortAddress(value) : value
  return html`<a href="${explorer}/address/${value}" rel="noreferrer"><code>${shown}</code></a>`
}

/** A page that a claim or a signal cites: a link if it is plain https, else its text. */
export function page(url: string, text = url): Html {
  const plain = /^https:\/\/[a-z0-9.-]+\.[a-z]+(\/[\w\-./?=&#%~+:,]*)?$/i.test(url)
  return plain && url.length <= 500
    ? html`<a href="${url}" rel="noreferrer">${clip(text, MAX_ID)}</a>`
    : html`${clip(text, MAX_ID)}`
}

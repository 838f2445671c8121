/** Groups the digits of a whole number by commas, at any size and whatever the locale. */
export function formatCount(value: number | bigint | string): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',')
}

export type Rounding = 'nearest' | 'down' | 'up'

/**
 * A share as a percentage. Lower bounds round down and upper bounds up, so that "at least" stays true;
 * what is neither nothing nor everything never prints as 0 % or 100 %.
 */
export function formatPercent(share: number, rounding: Rounding = 'nearest'): string {
  // 0.018 × 100 is 1.7999999999999998; twelve digits undo that before anything rounds down.
  const percent = Number((share * 100).toPrecision(12))
  if (percent > 0 && percent < 0.01) return '< 0.01 %'
  const digits = percent >= 10 || percent === 0 ? 1 : percent >= 1 ? 1 : 2
  const rounded = roundNumber(percent, digits, rounding)
  if (rounded >= 100 && share < 1) return '> 99.9 %'
  return `${rounded} %`
}

/** The range of two shares, rounded outwards: `1.5–2.1 %`. */
export function formatRange(low: number, high: number): string {
  const from = formatPercent(low, 'down')
  const to = formatPercent(high, 'up')
  return from === to ? to : `${from.replace(/ %$/, '')}–${to}`
}

function roundNumber(value: number, digits: number, rounding: Rounding): number {
  const scale = 10 ** digits
  const scaled = Number((value * scale).toPrecision(12))
  const round = { nearest: Math.round, down: Math.floor, up: Math.ceil }[rounding]
  return round(scaled) / scale
}

/** The decimals an asset can have: an ERC-20 declares them as a uint8, a hostile file as anything. */
const MAX_DECIMALS = 255

/** Exact decimal of an amount in the smallest unit: `('1500', 3)` is `1.5`. Without decimals, the amount as it is. */
export function exactDecimal(amount: string, decimals: number | null): string {
  if (decimals === null || decimals <= 0 || decimals > MAX_DECIMALS) return amount
  const digits = amount.padStart(decimals + 1, '0')
  const whole = digits.slice(0, -decimals)
  const fraction = digits.slice(-decimals).replace(/0+$/, '')
  return fraction === '' ? whole : `${whole}.${fraction}`
}

/** A decimal with grouped digits. With `maxDecimals` it is rounded half up; text that is no number stays as it is. */
export function formatDecimal(text: string, maxDecimals?: number): string {
  if (!/^\d+(\.\d+)?$/.test(text)) return text
  const [whole = '0', fraction = ''] = text.split('.')
  if (maxDecimals === undefined || fraction.length <= maxDecimals) return join(whole, fraction)
  const kept = BigInt(whole + fraction.slice(0, maxDecimals))
  const rounded = String(kept + (fraction.charCodeAt(maxDecimals) >= 53 ? 1n : 0n)).padStart(maxDecimals + 1, '0')
  const end = rounded.length - maxDecimals
  return join(rounded.slice(0, end), rounded.slice(end))
}

const join = (whole: string, fraction: string) =>
  fraction === '' ? formatCount(whole) : `${formatCount(whole)}.${fraction}`

/** The largest amount of any chain, 2^256 − 1, has 78 digits. */
const MAX_DIGITS = 80

/** A decimal with all its digits, cut or in powers of ten where it has more than any amount of a chain. */
export function boundedDecimal(text: string): string {
  if (text.length <= MAX_DIGITS) return formatDecimal(text)
  return /^\d{16}/.test(text) ? clip(compactDecimal(text), MAX_DIGITS) : clip(formatDecimal(text), MAX_DIGITS)
}

/** A decimal for narrow places: two decimals, and powers of ten past 15 digits. */
export function compactDecimal(text: string): string {
  const [whole = ''] = text.split('.')
  if (!/^\d{16,}(\.\d+)?$/.test(text)) return formatDecimal(text, 2)
  return `≈ ${whole[0]}.${whole.slice(1, 3)} × 10^${whole.length - 1}`
}

/** `0x1234…abcd`. Ids of other chains and files are cut the same way; short ones stay whole. */
export function shortAddress(address: string): string {
  const characters = Array.from(address)
  if (characters.length <= 14) return address
  return `${characters.slice(0, 6).join('')}…${characters.slice(-4).join('')}`
}

/** Text cut to `length` characters, with an ellipsis where something is missing. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text
  const characters = Array.from(text)
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`
}

/** Names that a chain or a file gives: symbols, chains, metrics. A token can call itself anything, at any length. */
const MAX_NAME = 64

export const clipName = (text: string): string => clip(text, MAX_NAME)

/** A list of names cut to the first `length`, with the number of the others. */
export function clipList(names: readonly string[], length: number): string {
  const shown = names.slice(0, length).map(clipName).join(', ')
  return names.length > length ? `${shown} and ${formatCount(names.length - length)} more` : shown
}

/** The day of an ISO time. */
export const isoDate = (time: string | null): string => (time === null ? 'unknown' : time.slice(0, 10))

/** The minute of an ISO time, in UTC. */
export const isoMinute = (time: string): string => `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`

/** First and last day, once where they are the same. */
export function formatDays(from: string | null, to: string | null): string {
  if (from === null && to === null) return 'time unknown'
  return isoDate(from) === isoDate(to) ? isoDate(from) : `${isoDate(from)} to ${isoDate(to)}`
}

/** A length of time in its two largest units: `2 d 3 h`. */
export function formatDuration(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000)
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ]
  const first = parts.findIndex(([value]) => value > 0)
  if (first === -1) return '0 s'
  const shown = parts.slice(first, first + 2).filter(([value]) => value > 0)
  return shown.map(([value, unit]) => `${formatCount(value)} ${unit}`).join(' ')
}

/** A count with its noun: `1 payment`, `1,234 payments`. */
export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : many}`
}

/** An id as words: `exchange-hot-wallet` is `Exchange hot wallet`. */
export function idTitle(id: string): string {
  const words = id.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A number with three digits that count: `0.0123`, `41.2`, `1,230,000`. */
export function formatNumber(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.001) return value.toExponential(1)
  return new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 }).format(value)
}

import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { transaction } from '../../src/report/html/links.ts'
import { renderHtml } from '../../src/report/html/render-html.ts'
import type { Report } from '../../src/report/report.ts'
import { hiddenCharacter, hostileStrings, withHostileText } from '../support/hostile-report.ts'
import { returnFinding, sampleReport } from '../support/sample-report.ts'

const page = renderHtml(sampleReport())

const voidTags = ['meta', 'br', 'input', 'rect', 'line', 'polygon']
const allowedAttributes = new Set(
  'lang charset http-equiv content name class href id rel role aria-label aria-labelledby aria-hidden tabindex scope type for hidden autocomplete spellcheck open datetime colspan data-label width height x y x1 x2 y1 y2 points viewBox preserveAspectRatio'.split(
    ' ',
  ),
)

/** Reads the page as a browser would tokenize it: raw text in style and script, tags and attributes elsewhere. */
function tokens(text: string) {
  const bare = text.replace(/(<(style|script)[^>]*>)[\s\S]*?(<\/\2>)/g, '$1$3').replace('<!doctype html>', '')
  return [...bare.matchAll(/<(\/?)([a-z0-9]+)((?:\s+[a-zA-Z0-9-]+(?:="[^"]*")?)*)\s*(\/?)>|<|>/g)].map((match) => ({
    text: match[0],
    closing: match[1] === '/',
    tag: match[2],
    attributes: [...(match[3] ?? '').matchAll(/([a-zA-Z0-9-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => ({
      name,
      value,
    })),
  }))
}

function assertInert(text: string) {
  const open: string[] = []
  for (const { text: source, closing, tag, attributes } of tokens(text)) {
    expect(tag, `a bare ${source}`).toBeDefined()
    if (tag === undefined || voidTags.includes(tag)) continue
    if (closing) expect(open.pop()).toBe(tag)
    else open.push(tag)
    for (const { name, value } of attributes) {
      expect(allowedAttributes).toContain(name)
      if (name === 'href') expect(value).toMatch(/^(#[\w-]+|https:\/\/[\w.-]+\/.*)$/)
    }
  }
  expect(open).toEqual([])
  expect(text.match(/<script/g)).toHaveLength(2)
  expect(text.replace(/<(script|style)[\s\S]*?<\/\1>|\n/g, '')).not.toMatch(hiddenCharacter)
}

const embedded = (text: string): unknown =>
  JSON.parse(/<script type="application\/json" id="report">([\s\S]*?)<\/script>/.exec(text)?.[1] ?? '')

describe('the page', () => {
  it('is well formed, and asks the network for nothing', () => {
    assertInert(page)
    expect(page).not.toMatch(/\ssrc\s*=|<link|<iframe|<object|<embed|<base|<img|@import|url\(|\son\w+\s*=|style="/i)
  })

  it('allows its one style sheet and its one script by hash and nothing else', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? ''
    const hash = (pattern: RegExp) =>
      `'sha256-${createHash('sha256')
        .update(pattern.exec(page)?.[1] ?? '')
        .digest('base64')}'`
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain(`style-src ${hash(/<style>([\s\S]*?)<\/style>/)};`)
    expect(policy).toContain(`script-src ${hash(/<script>([\s\S]*?)<\/script>/)};`)
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
  })

  it('embeds the report it prints, and is a pure function of it', () => {
    expect(embedded(page)).toEqual(sampleReport())
    expect(renderHtml(sampleReport())).toBe(page)
  })

  it('answers first, and prints every payment with its hash and its benign explanations', () => {
    const lead = /<p class="lead">(.*)<\/p>/.exec(page)?.[1]?.replace(/<[^>]*>/g, '')
    expect(lead).toContain('At least 1.5 % of payments and 2.1 % of value are consistent with wash usage')
    for (const { transaction: hash, returns } of sampleReport().findings.flatMap(({ payments }) => payments)) {
      expect(page).toContain(`https://basescan.org/tx/${hash}`)
      for (const transfer of returns) expect(page).toContain(`https://basescan.org/tx/${transfer.transaction}`)
    }
    expect(page.match(/<span class="chip">/g)).toHaveLength(9)
    expect(page).toContain('Unavailable: the network reports no units')
    expect(page).toContain('Scores stood still after 12 iterations.')
    expect(page).not.toMatch(/fraud|\bfake|scam/i)
  })

  it('lists the returns of a finding with time, amount and what of it was matched, and its notes', () => {
    const [, finding] = sampleReport().findings
    expect(finding?.returns).toHaveLength(7)
    for (const { transaction: hash, time } of finding?.returns ?? []) {
      const entry = new RegExp(
        `<time datetime="${time}">[^<]*</time></div>\\s*<div class="hash"><a href="[^"]*/tx/${hash}"`,
      )
      expect(page).toMatch(entry)
    }
    expect(page).toContain('<strong>0.617277 USDX</strong> <span>0.467277 USDX matched</span>')
    expect(page).toContain('another asset than was paid, or past the window: listed and not counted by value')
    expect(page).toContain('The payee is a customer of the payer too')
    expect(page.match(new RegExp(`/tx/0x${'0000f00d'.repeat(8)}"`, 'g'))).toHaveLength(1)
  })

  it('says that returns in a paid asset are late or too much where nothing of them is matched', () => {
    const [finding] = sampleReport().findings.slice(1)
    if (finding === undefined) throw new Error('the sample has no finding of returned value')
    const late = { ...finding, returns: finding.returns.map((transfer) => ({ ...transfer, matched: '0' })) }
    const text = renderHtml(sampleReport({ findings: [late] }))
    expect(text).toContain('not matched: past the window or beyond what was paid, listed and not counted by value')
    const onlyReturns = renderHtml(sampleReport({ findings: [{ ...late, count: 0, payments: [] }] }))
    expect(onlyReturns).toContain('No payment of this pair was repaid by value.')
    expect(onlyReturns).not.toContain('not matched: past the window')
  })

  it('keeps its headings in order and its ids unique', () => {
    const levels = [...page.matchAll(/<h(\d)/g)].map(([, level]) => Number(level))
    expect(levels[0]).toBe(1)
    for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1)
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target)
  })

  it('stamps gaps', () => {
    expect(page).toMatch(/badge (good|plain)/)
    expect(renderHtml(sampleReport({ incomplete: true }))).toContain('Incomplete: gaps were allowed')
  })
})

describe('hostile text', () => {
  it.each(hostileStrings)('is inert: %j', (text) => {
    const report = withHostileText(sampleReport(), text)
    const hostilePage = renderHtml(report)
    assertInert(hostilePage)
    expect(report.findings[1]?.notes[0]).toBe(text)
    expect(report.findings[1]?.returns[0]?.transaction).toBe(text)
    expect(embedded(hostilePage)).toEqual(report)
  })

  it('is inert whatever it is', () => {
    const piece = fc.oneof(fc.constantFrom(...hostileStrings), fc.string({ unit: 'binary', maxLength: 20 }))
    fc.assert(
      fc.property(piece, piece, (a, b) => assertInert(renderHtml(withHostileText(sampleReport(), a + b)))),
      { numRuns: 25 },
    )
  })

  it('gets no explorer link unless it is a hash on a known chain', () => {
    const hash = `0x${'a'.repeat(64)}`
    expect(transaction('eip155:1', hash).html).toContain(`href="https://etherscan.io/tx/${hash}" rel="noreferrer"`)
    expect(transaction('eip155:999', hash).html).not.toContain('href')
    expect(transaction('constructor', hash).html).not.toContain('href')
    expect(transaction('eip155:1', `${hash}/../x`).html).not.toContain('href')
    expect(transaction('eip155:1', `javascript:${hash}`).html).not.toContain('href')
  })
})

describe('size', () => {
  it('cuts what a chain calls itself, at any length, and keeps it whole in the embedded report', () => {
    const long = withHostileText(sampleReport(), 'w'.repeat(5_000))
    const hostile = renderHtml(long)
    const shown = hostile.replace(/<script[\s\S]*?<\/script>/g, '')
    const runs = (shown.match(/w{20,}/g) ?? []).map((run) => run.length)
    expect(Math.max(...runs)).toBeLessThanOrEqual(400)
    expect(shown.length).toBeLessThan(renderHtml(sampleReport()).length + 100_000)
    expect(embedded(hostile)).toEqual(long)
    const { reported } = sampleReport()
    const byAsset = reported.byAsset.map((asset) => ({ ...asset, symbol: 'S'.repeat(5_000) }))
    const named = renderHtml(sampleReport({ reported: { ...reported, byAsset } }))
    expect(named.replace(/<script[\s\S]*?<\/script>/g, '').match(/S{65,}/)).toBeNull()
  })

  it('survives amounts of thousands of digits', () => {
    const text = renderHtml(withHostileText(sampleReport(), '9'.repeat(5_000)))
    const shown = text.replace(/<(style|script)[\s\S]*?<\/\1>/g, '')
    expect(shown).toContain('≈ 9.99 × 10^')
    expect(Math.max(...(shown.match(/[\d,]{20,}/g) ?? []).map((run) => run.length))).toBeLessThanOrEqual(400)
  })

  it('stays under 5 MB for the largest report, and says what it left out', () => {
    const findings: Report['findings'] = []
    for (let size = 0; size < 3_900_000; size += JSON.stringify(findings.at(-1)).length)
      findings.push(returnFinding(`large-${findings.length}`, findings.length * 50, 50))
    const report = sampleReport({ findings })
    expect(JSON.stringify(report).length).toBeGreaterThan(3_900_000)
    const large = renderHtml(report)
    expect(Buffer.byteLength(large)).toBeLessThan(5_000_000)
    expect(large).toContain('left out to keep this page small')
    expect(embedded(large)).toEqual(report)
  })
})

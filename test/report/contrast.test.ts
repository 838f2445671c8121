import { describe, expect, it } from 'vitest'
import { palettes, style } from '../../src/report/html/style.ts'

/** Relative luminance after WCAG 2.2. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(color.slice(start, start + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

const surfaces = ['paper', 'card', 'tint'] as const
const texts = ['ink', 'soft', 'accent', 'good', 'warn'] as const

it('computes contrast as WCAG does', () => {
  expect(contrast('#ffffff', '#000000')).toBeCloseTo(21)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})

describe.each(Object.entries(palettes))('the %s palette', (_, palette) => {
  it.each(texts.flatMap((text) => surfaces.map((surface) => [text, surface] as const)))(
    '%s reads on %s (4.5:1)',
    (text, surface) => expect(contrast(palette[text], palette[surface])).toBeGreaterThanOrEqual(4.5),
  )

  it('reads on the chips of certified levels (4.5:1)', () => {
    expect(contrast(palette.card, palette.accent)).toBeGreaterThanOrEqual(4.5)
  })

  it.each([
    ['accent', 'rest'],
    ['accent', 'card'],
    ['ink', 'range'],
    ['edge', 'paper'],
    ['edge', 'card'],
  ] as const)('%s is told from %s in the picture (3:1)', (mark, ground) =>
    expect(contrast(palette[mark], palette[ground])).toBeGreaterThanOrEqual(3),
  )
})

it('has no colour beside the palettes', () => {
  const known = new Set<string>([...Object.values(palettes.light), ...Object.values(palettes.dark)])
  for (const [color] of style.matchAll(/#[0-9a-f]{3,8}\b/gi)) expect(known).toContain(color)
  expect(style).not.toMatch(/\b(rgb|hsl|oklch|color-mix)\(/)
})

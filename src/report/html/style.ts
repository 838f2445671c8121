import { evidence } from './style-evidence.ts'
import { layout } from './style-layout.ts'
import { picture } from './style-picture.ts'

/**
 * Every colour of the page. Text stands in ink, soft, accent, good or warn, on paper, card or tint; the test of
 * contrast reads this table.
 */
export const palettes = {
  light: {
    paper: '#fbfcfd',
    card: '#ffffff',
    tint: '#f1f4f7',
    ink: '#111a24',
    soft: '#545f6d',
    line: '#dce2e9',
    edge: '#7b8694',
    rest: '#e2e7ed',
    accent: '#a3184f',
    range: '#e0a3ba',
    good: '#17694a',
    warn: '#854800',
  },
  dark: {
    paper: '#0e1319',
    card: '#141a21',
    tint: '#1a212a',
    ink: '#e9edf1',
    soft: '#a3aebb',
    line: '#29323d',
    edge: '#7f8b99',
    rest: '#27303b',
    accent: '#ff8bb0',
    range: '#7c3a55',
    good: '#74d0a5',
    warn: '#f3be66',
  },
} as const

type Palette = Readonly<Record<keyof (typeof palettes)['light'], string>>

const variables = (palette: Palette) =>
  Object.entries(palette)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';')

/** Paper has no tints: whatever was on screen, a print is dark on white. */
const printed: Palette = { ...palettes.light, paper: '#ffffff', tint: '#ffffff' }

const colors = `
:root{color-scheme:light dark;${variables(palettes.light)}}
@media (prefers-color-scheme:dark){:root{${variables(palettes.dark)}}}`

const print = `
@media print{:root{color-scheme:light;${variables(printed)}}
@page{margin:16mm 14mm}
html{font-size:9.5pt}.lead{font-size:2rem}
nav,.skip,#finding-tools:not([hidden]){display:none}
main,footer{max-width:none;padding-left:0;padding-right:0}main{padding-top:0}
section{padding:1.25rem 0}
#pattern{break-before:page;break-after:page;font-size:8pt}.pattern-test{display:none}
#pattern table{font-size:7.5pt}#pattern table :is(th,td){padding:.25rem 0 .25rem .75rem;max-width:none}#pattern table th:first-child{padding-left:0;min-width:0}
.bar,.swatch,.level{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.scroll{overflow:visible}
.picture,.measure,.payments>li,.returns>li,.signal-card,tr{break-inside:avoid}
h2,h3,h4,summary{break-after:avoid}
details::details-content{content-visibility:visible;block-size:auto}}
@media (forced-colors:active){.fill-certified{fill:CanvasText}.fill-range{fill:GrayText}.fill-rest,.fill-card{fill:Canvas}.tick,.grid{stroke:CanvasText}}`

/** The one style sheet of the page. No font, picture or sheet from anywhere else. */
export const style = `${colors}${layout}${picture}${evidence}${print}\n`

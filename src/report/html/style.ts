const colors = `
:root{color-scheme:light dark;--paper:#fbfbf9;--card:#fff;--ink:#1b1e23;--soft:#545b66;--line:#dadde3;--edge:#7f8896;--rest:#e3e6eb;--accent:#a2440c;--whisker:#1b1e23;--link:#1c4c9c;--good:#1c6b4a;--warn:#8a4b00;--tint:#f2f1ec}
@media (prefers-color-scheme:dark){:root{--paper:#131519;--card:#1a1d22;--ink:#e7e9ec;--soft:#a8b0bb;--line:#343a43;--edge:#838d9a;--rest:#2b3038;--accent:#f0a06c;--whisker:#fff;--link:#93bbff;--good:#79d1a8;--warn:#f5c26b;--tint:#20242a}}`

const text = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;font-variant-numeric:tabular-nums}
main,nav,footer{max-width:72rem;margin:0 auto;padding:0 1.25rem}
main{padding-top:2rem}
h1,h2,h3,h4{line-height:1.25;text-wrap:balance;overflow-wrap:anywhere}
h1{font-size:1.25rem;font-weight:600;margin:0 0 .75rem}
h2{font-size:1.25rem;margin:0 0 1rem}
h3{font-size:1rem;margin:0}
h4{font-size:.875rem;margin:1.25rem 0 .375rem}
p{margin:.5rem 0;max-width:46rem;overflow-wrap:anywhere}
.kicker{display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:center;justify-content:space-between;font-size:.875rem;margin:0 0 .5rem}.kicker p{margin:0}
.lead{font-size:clamp(1.35rem,1rem + 1.8vw,2.1rem);line-height:1.25;letter-spacing:-.012em;font-weight:600;max-width:34em;margin:0 0 2rem;text-wrap:pretty}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible,summary:focus-visible,.scroll:focus-visible,pre:focus-visible,input:focus-visible,button:focus-visible{outline:3px solid var(--link);outline-offset:2px}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.8125rem;overflow-wrap:anywhere}
pre{background:var(--tint);padding:.625rem .75rem;border-radius:6px;overflow-x:auto;white-space:pre-wrap}
.soft,caption{color:var(--soft)}.soft{font-size:.875rem}
li{overflow-wrap:anywhere}
.skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem;z-index:1}
.for-screen-reader{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.125rem;list-style:none;margin:0;padding:.75rem 0;font-size:.875rem;border-bottom:1px solid var(--line)}
footer{padding-top:1.5rem;padding-bottom:3rem;color:var(--soft);font-size:.875rem}`

const layout = `
section{margin:0 0 3rem;scroll-margin-top:1rem}
.first{display:grid;grid-template-columns:minmax(0,1fr);gap:0 3rem}
@media (min-width:60rem){.first{grid-template-columns:minmax(0,1fr) 20rem}}
dl{margin:.5rem 0}dt{font-weight:600;font-size:.875rem}dd{margin:0 0 .625rem;overflow-wrap:anywhere;max-width:46rem}
.facts dt{color:var(--soft);font-weight:400}
.badge{display:inline-block;border:1px solid currentColor;border-radius:99px;padding:.125rem .75rem;font-weight:600;font-size:.875rem}
.good{color:var(--good)}.warning{color:var(--warn)}
.scroll{overflow-x:auto;margin:0 0 1rem}
table{border-collapse:collapse;width:100%;font-size:.875rem}
caption{text-align:left;padding:0 0 .5rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .75rem .5rem 0;border-bottom:1px solid var(--line);min-width:5rem;max-width:26rem;overflow-wrap:break-word}
thead th{color:var(--soft);font-weight:400;border-bottom-color:var(--edge)}
tbody th{font-weight:400;min-width:11rem}
.number{text-align:right}.number:last-child{padding-right:0}
.missing{color:var(--soft);font-style:italic}
.level,.signal,.chip{display:inline-block;border-radius:4px;padding:0 .4rem;font-size:.8125rem;background:var(--tint);border:1px solid var(--line)}
.level{font-weight:600}`

const picture = `
.picture{margin:0}
figcaption{color:var(--soft);font-size:.875rem;margin:0 0 1.25rem;max-width:46rem}
.measure{display:grid;grid-template-columns:1fr auto;gap:.125rem 1rem;margin:0 0 1.25rem}
.measure-name{font-weight:600}.measure-total{text-align:right;overflow-wrap:anywhere;min-width:0}
.measure-share{grid-column:1/-1;margin:0;font-size:.875rem}
.measure-share strong{font-size:1.125rem;color:var(--accent)}
.bar{grid-column:1/-1;display:block;border-radius:3px;outline:1px solid var(--edge);outline-offset:-1px}
.bar.zoom{outline-style:dotted;margin-top:.125rem}
.bar.hatched{height:22px}
.bar-all,.bar-rest{fill:var(--rest)}.bar-rest{fill:var(--card)}
.bar-certified{fill:var(--accent)}.zoom .bar-certified{opacity:.55}
.whisker{stroke:var(--whisker);stroke-width:2}
.hatched{background:repeating-linear-gradient(135deg,var(--edge) 0 1px,transparent 1px 7px)}
.swatch{display:inline-block;width:1.5rem;height:.75rem;margin-right:.5rem;border:1px solid var(--edge)}
.others{list-style:none;padding:0;margin:0;font-size:.875rem}.others li{margin:.25rem 0}`

const evidence = `
.finding{border:1px solid var(--line);border-radius:8px;background:var(--card);padding:.75rem 1rem;margin:0 0 .75rem}
.finding>summary{display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:baseline}
.finding>summary::before{content:"▸";color:var(--soft)}.finding[open]>summary::before{content:"▾"}
.finding>summary::-webkit-details-marker{display:none}
summary{cursor:pointer}
.payments{list-style:none;padding:0;margin:0}
.payments>li{border-top:1px solid var(--line);padding:.75rem 0}
.payment-head{display:flex;flex-wrap:wrap;gap:.125rem 1rem;align-items:baseline}
.payment-head time{color:var(--soft);font-size:.875rem}
.hash{overflow-wrap:anywhere}td .hash{display:block;min-width:13rem}
.returns{margin:.25rem 0;padding-left:1.25rem}
.open-ended{margin-top:.25rem}
.signal-card{border-top:1px solid var(--line);padding:1rem 0}
#finding-tools:not([hidden]){display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin:0 0 1rem}
input,button{font:inherit;color:inherit;background:var(--card);border:1px solid var(--edge);border-radius:6px;padding:.375rem .75rem;max-width:100%}
input{flex:0 1 18rem;min-width:0}button{cursor:pointer}
[hidden]{display:none}`

const print = `
@media print{:root{--paper:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb;--edge:#777;--rest:#e6e6e6;--accent:#a2440c;--whisker:#000;--link:#000;--tint:#fff;color-scheme:light}
body{font-size:10pt}nav,.skip,#finding-tools:not([hidden]){display:none}main{max-width:none;padding:0}
.bar,.swatch{print-color-adjust:exact;-webkit-print-color-adjust:exact}.scroll{overflow:visible}
.measure,.payments>li,tr{break-inside:avoid}h2,h3,h4,summary{break-after:avoid}
details::details-content{content-visibility:visible;block-size:auto}}
@media (forced-colors:active){.bar-certified{fill:CanvasText}.bar-all,.bar-rest{fill:Canvas}}`

/** The one style sheet of the page. No font, picture or sheet from anywhere else. */
export const style = `${colors}${text}${layout}${picture}${evidence}${print}\n`

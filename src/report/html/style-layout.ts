/** Type, the grid of sections with their headings in the margin, and tables. */
export const layout = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,Inter,"Helvetica Neue",sans-serif;font-variant-numeric:lining-nums tabular-nums}
main,nav,footer{max-width:74rem;margin:0 auto;padding:0 clamp(1.25rem,4vw,2.5rem)}
main{padding-top:clamp(1.5rem,3vw,2.25rem)}
h1,h2,h3,h4{line-height:1.3;margin:0;text-wrap:balance;overflow-wrap:anywhere}
h1{font-size:1rem;font-weight:600}
h2{font-size:1rem;font-weight:600}
h3{font-size:.9375rem;font-weight:600}
h4{font-size:.8125rem;font-weight:600;margin:1.5rem 0 .5rem}
p{margin:.5rem 0;max-width:44rem;overflow-wrap:anywhere}
ul,ol{padding-left:1.25rem;margin:.5rem 0}
li{overflow-wrap:anywhere;max-width:44rem}li+li{margin-top:.375rem}
a{color:inherit;text-decoration-color:var(--edge);text-decoration-thickness:1px;text-underline-offset:.2em}
a:hover{color:var(--accent);text-decoration-color:currentColor}
:focus-visible{outline:2px solid var(--accent);outline-offset:3px;border-radius:2px}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.8125em;overflow-wrap:anywhere}
pre{font-size:.8125rem;background:var(--tint);border-left:2px solid var(--line);padding:.625rem .875rem;margin:.5rem 0 1rem;white-space:pre-wrap}pre code{font-size:1em}
.soft,caption,figcaption{color:var(--soft)}.soft{font-size:.875rem}code .soft{font-size:1em}
.skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem;z-index:2}
.for-screen-reader{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
nav{font-size:.8125rem;border-bottom:1px solid var(--line)}
nav{max-width:none;padding:0}nav>div{display:flex;gap:2rem;align-items:baseline;max-width:74rem;margin:0 auto;padding:0 clamp(1.25rem,4vw,2.5rem);overflow-x:auto;scrollbar-width:none}
.wordmark{font-weight:600;white-space:nowrap}
nav ul{display:flex;gap:1.25rem;list-style:none;margin:0 0 0 auto;padding:.875rem 0}nav li{margin:0;white-space:nowrap}
nav a{color:var(--soft);text-decoration:none}nav a:hover{color:var(--ink)}
.kicker{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;justify-content:space-between;margin:0 0 1rem}
.kicker>div{display:flex;flex-wrap:wrap;gap:0 .75rem;align-items:baseline;min-width:0}.kicker p{margin:0}
.lead{font-family:"Iowan Old Style","Palatino Linotype",Palatino,"URW Palladio L",P052,"TeX Gyre Pagella",Georgia,serif;font-size:clamp(1.6rem,1.05rem + 2.1vw,2.5rem);line-height:1.2;letter-spacing:-.012em;max-width:28em;margin:0 0 1rem;text-wrap:pretty}
.lead strong{font-weight:inherit;color:var(--accent);white-space:nowrap}
.basis{margin:0 0 clamp(1.5rem,3vw,2rem);max-width:none}
.badge{display:inline-block;border:1px solid currentColor;border-radius:99px;padding:.0625rem .75rem;font-weight:600;font-size:.8125rem}
.good{color:var(--good)}.warning{color:var(--warn)}
section{border-top:1px solid var(--line);padding:clamp(1.5rem,2.5vw,1.75rem) 0 clamp(1.75rem,3vw,2.5rem)}
section>h2{margin:0 0 1rem}section>div>:first-child{margin-top:0}section>div>:last-child{margin-bottom:0}
footer{border-top:1px solid var(--line);padding-top:1.5rem;padding-bottom:3rem;color:var(--soft);font-size:.8125rem}
@media (min-width:60rem){section:not(.wide){display:grid;grid-template-columns:10rem minmax(0,1fr);gap:0 2.5rem}section:not(.wide)>h2{margin:0}.wide>h2{float:left;width:10rem;margin:0}}
dl{margin:.5rem 0}dt{font-weight:600;font-size:.875rem}dd{margin:0 0 .75rem;overflow-wrap:anywhere;max-width:44rem}
.facts dt{color:var(--soft);font-weight:400;font-size:.8125rem}.facts dd{font-size:.875rem}
@media (min-width:40rem){.facts{display:grid;grid-template-columns:8.5rem minmax(0,1fr);gap:.5rem 1.5rem}.facts dd{margin:0}.facts dt{padding-top:.0625rem}}
.scroll{overflow-x:auto;margin:0 0 2rem}
table{border-collapse:collapse;width:100%;font-size:.875rem}
caption{text-align:left;padding:0 0 .375rem;font-size:.8125rem}
th,td{text-align:left;vertical-align:baseline;padding:.5625rem 0 .5625rem 1.5rem;border-bottom:1px solid var(--line);max-width:26rem;overflow-wrap:break-word}
th:first-child{padding-left:0}
thead th{color:var(--soft);font-weight:400;font-size:.8125rem;border-bottom-color:var(--edge);white-space:nowrap}
tbody th{font-weight:400;min-width:11rem}
tbody tr:last-child>*{border-bottom:0}
.number{text-align:right}td.number{white-space:nowrap;max-width:none}
td time,.days{white-space:nowrap}
.missing{color:var(--soft)}
@media screen and (max-width:47.99rem){.stacked,.stacked caption,.stacked tbody,.stacked tr,.stacked th,.stacked td{display:block;max-width:none}
.stacked thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.stacked tr{border-bottom:1px solid var(--line);padding:.75rem 0}.stacked tr:last-child{border:0}
.stacked th,.stacked td{border:0;padding:.125rem 0;text-align:left;white-space:normal}.stacked th{padding-bottom:.375rem}
.stacked td[data-label]{display:grid;grid-template-columns:6.5rem minmax(0,1fr);gap:.75rem}
.stacked td[data-label]::before{content:attr(data-label);color:var(--soft)}
.stacked td>div>br{display:none}.stacked td>div>.soft{margin-left:.5rem}}`

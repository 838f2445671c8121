/** The picture of what is reported against what is certified, and the ladder. */
export const picture = `
.picture{margin:0}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.375rem 1.5rem;padding:0;margin:0 0 1.5rem;font-size:.8125rem}
.legend li{display:flex;gap:.5rem;align-items:baseline;margin:0}
.swatch{flex:none;width:1rem;height:.6875rem;border-radius:1px}
.swatch.certified{background:var(--accent)}.swatch.range{background:var(--range)}.swatch.rest{background:var(--rest);box-shadow:inset 0 0 0 1px var(--edge)}
.hatched{background:repeating-linear-gradient(115deg,var(--edge) 0 1px,transparent 1px 6px);box-shadow:inset 0 0 0 1px var(--edge)}
.measure{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:.375rem 1rem;margin:0 0 1.5rem}
.measure-name{font-weight:600}.measure-total,.measure-range{font-size:.8125rem;color:var(--soft);overflow-wrap:anywhere}
.measure-share{text-align:right}
.measure-share strong{display:block;font-size:1.5rem;line-height:1.2;font-weight:500;letter-spacing:-.01em;color:var(--accent)}
.measure-bars{grid-column:1/-1;min-width:0}.measure-bars p{margin:.25rem 0 0}
.bar{display:block;overflow:visible}.bar.hatched{height:18px;border-radius:2px}
.fill-rest{fill:var(--rest)}.fill-card{fill:var(--card)}.fill-certified{fill:var(--accent)}.fill-range{fill:var(--range)}
.fill-fan{fill:var(--rest);opacity:.75}
.frame{fill:none;stroke:var(--edge);stroke-width:1}
.tick{stroke:var(--ink);stroke-width:2}.grid{stroke:var(--line)}
.axis{display:block;width:100%;overflow:visible;margin-top:-1.125rem}.axis text{fill:var(--soft);font-size:.75rem;text-anchor:middle}.axis text:first-child{text-anchor:start}.axis text:last-child{text-anchor:end}
.others{display:grid;grid-template-columns:1rem fit-content(30%) minmax(0,1fr);gap:.25rem .75rem;list-style:none;padding:0;margin:1.75rem 0 0;font-size:.875rem}
.others li{display:grid;grid-column:1/-1;grid-template-columns:subgrid;align-items:baseline;max-width:none;margin:0}
@media (min-width:48rem){.measure{grid-template-columns:10rem minmax(0,1fr) 7.5rem;gap:0 2.5rem;margin-bottom:1.25rem}
.measure-bars{grid-column:2;grid-row:1}.measure-head,.measure-share{margin-top:-.25rem}
.axis,.others{margin-left:12.5rem}.axis{margin-right:10rem;width:calc(100% - 22.5rem)}.axis{margin-top:-.875rem}}
@media (min-width:60rem){.legend{margin-left:12.5rem}.measure{clear:both}}
.level,.chip{display:inline-block;border-radius:3px;padding:0 .4375rem;font-size:.75rem;line-height:1.5;background:var(--tint);box-shadow:inset 0 0 0 1px var(--line)}
.level{font-weight:600;min-width:2.25rem;text-align:center}
.level.certified{background:var(--accent);color:var(--card);box-shadow:none}
.rung{display:grid;grid-template-columns:2.25rem minmax(0,1fr);gap:0 .75rem;align-items:baseline}
.rung .soft{font-size:.8125rem}
.share{font-weight:600}`

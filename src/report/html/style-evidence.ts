/** Findings with their payments and returns, signals, and the tools of the page. */
export const evidence = `
summary{cursor:pointer}
.finding{border:1px solid var(--line);border-radius:6px;background:var(--card);margin:0 0 .625rem}
.finding>summary{display:grid;grid-template-columns:.75rem minmax(0,1fr) auto;gap:.125rem .625rem;align-items:baseline;padding:.75rem 1.125rem;list-style:none}
.finding>summary::before{content:"";width:.4rem;height:.4rem;border:solid var(--soft);border-width:0 1.5px 1.5px 0;transform:rotate(-45deg)}
.finding[open]>summary::before{transform:translateY(-.15rem) rotate(45deg)}
.finding>summary::-webkit-details-marker{display:none}
.finding>summary h3{display:flex;flex-wrap:wrap;gap:0 .75rem;align-items:baseline}
.finding>summary .subjects{font-weight:400;overflow-wrap:anywhere}
.finding>summary .soft{text-align:right}
.finding-body{padding:.25rem 1.125rem 1.25rem;border-top:1px solid var(--line)}
.finding-body .facts{margin:1rem 0 0}.facts dl{margin:0}.facts .story{color:var(--ink);font-weight:600}
.facts p{margin:0 0 .375rem}
@media (max-width:39.99rem){.finding>summary{grid-template-columns:.75rem minmax(0,1fr)}.finding>summary .soft{grid-column:2;text-align:left}}
.finding-body h4{border-bottom:1px solid var(--edge);padding-bottom:.375rem;margin-bottom:0}
.finding-body h4 .soft{font-weight:400;font-size:inherit}
.payments,.returns{list-style:none;padding:0;margin:0;font-size:.875rem}
.payments>li,.returns>li{border-bottom:1px solid var(--line);padding:.75rem 0;margin:0;max-width:none}
.payments>li:last-child,.returns>li:last-child{border-bottom:0;padding-bottom:0}
.payment-head{display:flex;flex-wrap:wrap;gap:.125rem .875rem;align-items:baseline}
.payment-head time{margin-left:auto;color:var(--soft)}
.payment-head strong{font-weight:600}
@media (max-width:39.99rem){.payment-head time{margin-left:0}}
.hash{overflow-wrap:anywhere;line-height:1.5}.payment-head+.hash{margin:.125rem 0 .25rem}
@media (min-width:40rem){.returns .payment-head{flex-wrap:nowrap}.returns .payment-head>strong{max-width:60%;overflow-wrap:anywhere}.returns .payment-head>time{flex:none}}
.came-back{list-style:none;padding:0 0 0 .875rem;margin:.25rem 0 .375rem;border-left:2px solid var(--range)}.came-back>li{max-width:none}
.open-ended{margin-top:.375rem}
.hashes{list-style:none;padding:0}
.signal-card{border-top:1px solid var(--line);padding:1.25rem 0}.signal-card:last-child{padding-bottom:0}
.signal-head{display:flex;flex-wrap:wrap;gap:.125rem 1rem;align-items:baseline;justify-content:space-between}.signal-head p{margin:0}
.signal-card summary{font-size:.875rem;color:var(--soft)}.signal-card dl,.signal-card ul{font-size:.875rem}
#finding-tools:not([hidden]){display:flex;flex-wrap:wrap;gap:.5rem .75rem;align-items:center;margin:0 0 1rem;font-size:.875rem}
input,button{font:inherit;color:inherit;background:var(--card);border:1px solid var(--edge);border-radius:5px;padding:.3125rem .75rem;max-width:100%}
input{flex:0 1 20rem;min-width:0}button{cursor:pointer}button:hover{border-color:var(--ink)}
[hidden]{display:none!important}`

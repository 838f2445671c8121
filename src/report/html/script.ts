/** The one script of the page. The page is complete without it: it filters, opens all findings, and prints them. */
export const script = `
const findings = [...document.querySelectorAll('details.finding')]
const tools = document.getElementById('finding-tools')
if (tools) {
  tools.hidden = false
  const filter = document.getElementById('finding-filter')
  const count = document.getElementById('finding-count')
  filter.addEventListener('input', () => {
    const words = filter.value.trim().toLowerCase()
    let shown = 0
    for (const finding of findings) {
      finding.hidden = words !== '' && !finding.textContent.toLowerCase().includes(words)
        && ![...finding.querySelectorAll('a')].some((link) => link.getAttribute('href').includes(words))
      if (!finding.hidden) shown += 1
    }
    count.textContent = words === '' ? '' : shown + ' of ' + findings.length
  })
  document.getElementById('finding-open').addEventListener('click', (event) => {
    const open = findings.some((finding) => !finding.open)
    for (const finding of findings) finding.open = open
    event.target.textContent = open ? 'Close all' : 'Open all'
  })
}
let closed = []
addEventListener('beforeprint', () => {
  closed = [...document.querySelectorAll('details:not([open])')]
  for (const part of closed) part.open = true
})
addEventListener('afterprint', () => {
  for (const part of closed) part.open = false
})
`

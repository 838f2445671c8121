// Three readers of one ledger at once, each with so little memory that it spills. Prints what each counted.
import { openLedger } from '../../dist/src/ledger/duckdb.js'

const [path] = process.argv.slice(2)
console.log(JSON.stringify(await Promise.all([count(), count(), count()])))

async function count() {
  const ledger = await openLedger(path, { readOnly: true, memory: '110MiB', threads: 1 })
  try {
    await ledger.define('usage')
    await ledger.materialize('usage-standing', { from_time: null, to_time: null })
    await ledger.materialize('counted-usage')
    const [totals] = await ledger.rows('reported-totals')
    return Number(totals.usages)
  } finally {
    ledger.close()
  }
}

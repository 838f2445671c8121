// Recounts the grants round with plain SQL over its CSV files, without a line of washboard, and prints three counts of
// transfers from a grant to its own donor: at any time, after the payment, excluding settlements.
// Usage: WASHBOARD_DATA=… node scripts/recount-round-6.mjs [--json]
import { DuckDBInstance } from '@duckdb/node-api'

/** Rows of both files, each unit of a donation matched to at most one transfer of its own transaction, and the counts. */
async function recountRound6(donations, transfers) {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const rows = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson()
  await connection.run(`create table d as select * from read_csv('${donations}', all_varchar = true)`)
  await connection.run(`create table t as select * from read_csv('${transfers}', all_varchar = true)`)
  await connection.run(`create table settlement as
    select t.tx_hash, t.log_index from (
      select *, row_number() over (partition by tx_hash, "from", "to", token, amount_raw order by log_index::int) as k from t) as t
    join (
      select *, row_number() over (partition by tx_hash, donor, "grant", token, amount_raw order by log_index::int) as k from d) as d
    on d.tx_hash = t.tx_hash and d.donor = t."from" and d."grant" = t."to" and d.token = t.token
      and d.amount_raw = t.amount_raw and d.k = t.k`)
  await connection.run(`create table back as
    select t.*, exists (select 1 from d where d."grant" = t."from" and d.donor = t."to" and (
        d.ts::bigint < t.ts::bigint or (d.ts = t.ts and (d.block::bigint < t.block::bigint
          or (d.block = t.block and t.log_index::int >= 0 and d.log_index::int < t.log_index::int))))) as later,
      exists (select 1 from settlement as s where s.tx_hash = t.tx_hash and s.log_index = t.log_index) as settles
    from t where exists (select 1 from d where d."grant" = t."from" and d.donor = t."to")`)
  const [counts] = await rows(`select
      count(*) filter (where "from" <> "to") as anytime,
      count(*) filter (where "from" <> "to" and later) as afterpayment,
      count(*) filter (where "from" <> "to" and later and not settles) as excluding,
      count(*) filter (where "from" = "to") as selfanytime,
      count(*) filter (where "from" = "to" and later) as selfafter,
      count(*) filter (where "from" = "to" and later and not settles) as selfexcluding from back`)
  const result = {
    anyTime: Number(counts.anytime),
    afterPayment: Number(counts.afterpayment),
    excludingSettlements: Number(counts.excluding),
    selfTransfers: [Number(counts.selfanytime), Number(counts.selfafter), Number(counts.selfexcluding)],
    selfPayments: await rows('select tx_hash, log_index from d where donor = "grant"'),
    returns: await rows('select tx_hash, log_index from back where later and not settles and "from" <> "to"'),
  }
  connection.closeSync()
  instance.closeSync()
  return result
}

const folder = process.env.WASHBOARD_DATA
if (!folder) {
  console.error('WASHBOARD_DATA is not set.\n\nFix: set it to the folder that holds gitcoin-round-6.')
  process.exit(2)
}
const round = `${folder}/gitcoin-round-6`
const counts = await recountRound6(`${round}/donations.csv.gz`, `${round}/transfers.csv.gz`)
if (process.argv.includes('--json')) {
  console.log(JSON.stringify(counts))
} else {
  const [selfAnyTime, selfAfter, selfExcluding] = counts.selfTransfers
  console.log(
    'Transfers from a grant to a donor that paid it (in brackets: to itself, where donor and grant are one wallet)',
  )
  console.log(`at any time              ${counts.anyTime} (${selfAnyTime})`)
  console.log(`after the payment        ${counts.afterPayment} (${selfAfter})`)
  console.log(`excluding settlements    ${counts.excludingSettlements} (${selfExcluding})`)
  console.log(`payments to oneself      ${counts.selfPayments.length}`)
}

// Re-exports facts of the grants round (addresses, amounts, hashes, times; no names) into the small Parquet files that
// the demo audits. Usage: WASHBOARD_DATA=… node scripts/make-demo-data.mjs
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'

const folder = process.env.WASHBOARD_DATA
if (!folder) {
  console.error('WASHBOARD_DATA is not set.\n\nFix: set it to the folder that holds gitcoin-round-6.')
  process.exit(2)
}
const round = join(folder, 'gitcoin-round-6')
const target = join(import.meta.dirname, '..', 'examples', 'data')
mkdirSync(target, { recursive: true })
const connection = await (await DuckDBInstance.create(':memory:')).connect()
const token = (column) => `case when ${column} like '0xeeeeeeee%' then 'native' else ${column} end`

await connection.run(
  `create table donations as select * from read_csv('${round}/donations.csv.gz', all_varchar = true)`,
)
await connection.run(
  `create table transfers as select * from read_csv('${round}/transfers.csv.gz', all_varchar = true)`,
)
await connection.run(
  `create table parties as select donor as wallet from donations union select "grant" from donations`,
)

const write = async (name, select) => {
  const path = join(target, `${name}.parquet`)
  await connection.run(`copy (${select}) to '${path}' (format parquet, compression zstd, compression_level 19)`)
  console.log(`${name}.parquet`, statSync(path).size)
}
await write(
  'usage',
  `select tx_hash, log_index::bigint as log_index, block::bigint as block_number, ts::bigint as "timestamp",
     donor as consumer, "grant" as provider, tx_from, ${token('token')} as asset, amount_raw::hugeint::decimal(38,0) as amount
   from donations order by block_number, log_index`,
)
await write(
  'transfers',
  `select tx_hash, log_index::bigint as log_index, block::bigint as block_number, ts::bigint as "timestamp",
     "from", "to", ${token('token')} as asset, amount_raw::hugeint::decimal(38,0) as amount
   from transfers
   where ("from" in (from parties) or "to" in (from parties)) and length(amount_raw) <= 38
   order by block_number, tx_hash, log_index`,
)

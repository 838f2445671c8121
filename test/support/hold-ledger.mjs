import { DuckDBInstance } from '@duckdb/node-api'

const instance = await DuckDBInstance.create(process.argv[2])
await instance.connect()
process.send('held')
setInterval(() => undefined, 1000)

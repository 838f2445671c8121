// Reads one transaction from a node and writes it with the rows it gives to test/fixtures/transactions, for a person to
// review and commit:
//   npm run record-fixture -- --tx 0x… --rpc '${GNOSIS_RPC}' [--protocol olas-mech|file.ts] [--chain 100]
//     [--contracts list.json] [--output folder] [--update]
// A fixture whose rows have changed on purpose is decoded anew, without a node: npm run record-fixture -- --update FILE…
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { loadProtocol, onDeployments } from '../dist/src/cli/load-protocol.js'
import { chainId, expandedUrl } from '../dist/src/cli/options.js'
import { reportFailure } from '../dist/src/cli/output.js'
import { ConfigError } from '../dist/src/errors.js'
import { protocols } from '../dist/src/protocols/index.js'
import { recordFixture, replayFixture } from '../dist/src/workflows/fixture.js'

const text = { type: 'string' }
const options = { tx: text, rpc: text, protocol: text, chain: text, contracts: text, output: text }

async function main() {
  const given = parseArgs({ allowPositionals: true, options: { ...options, update: { type: 'boolean' } } })
  if (given.positionals.length === 0) return record(given.values)
  if (!given.values.update) throw new ConfigError('Files are named, but not what for.', { fix: 'Add --update.' })
  for (const path of given.positionals) {
    const fixture = JSON.parse(readFileSync(path, 'utf8'))
    const protocol = await loadProtocol(fixture.protocol)
    write(path, { ...fixture, version: protocol.version, expected: replayFixture(fixture, protocol) })
  }
}

async function record(values) {
  const { tx, rpc, protocol: named, chain, contracts, output, update } = values
  if (!/^0x[0-9a-fA-F]{64}$/.test(tx ?? '') || rpc === undefined)
    throw new ConfigError('A transaction and a node are needed.', { fix: 'Pass --tx 0x… and --rpc <url>.' })
  if (contracts !== undefined && named === undefined)
    throw new ConfigError('Contracts are listed, but not of which network.', { fix: 'Add --protocol.' })
  const known = named === undefined ? protocols.map(({ id }) => id) : [named]
  const loaded = new Map()
  for (const name of known) loaded.set(name, await loadProtocol(name))
  const fixture = await recordFixture({
    url: expandedUrl(rpc),
    hash: tx,
    chain: chain === undefined ? undefined : chainId(chain),
    protocols: loaded,
    contracts: contracts === undefined ? [] : (await onDeployments(loaded.get(named), contracts)).deployments,
    date: new Date().toISOString().slice(0, 10),
  })
  const folder = output ?? join(import.meta.dirname, '..', 'test', 'fixtures', 'transactions')
  const name = basename(fixture.protocol).replace(/\.\w+$/, '')
  const path = join(folder, `${name}-${tx.slice(2, 10).toLowerCase()}.json`)
  if (existsSync(path) && !update)
    throw new ConfigError(`${path} is there already.`, { fix: 'Pass --update to write it anew.' })
  mkdirSync(folder, { recursive: true })
  write(path, fixture)
}

function write(path, fixture) {
  writeFileSync(path, `${JSON.stringify(fixture, null, 2)}\n`)
  const rows = Object.entries(fixture.expected.facts).map(([table, { length }]) => `${length} ${table}`)
  console.log(`${path}: ${rows.join(', ')}`)
}

const usage = 'Use the flags that stand at the head of scripts/record-fixture.mjs.'
main().catch((error) => {
  const ofFlags = /^(ERR_PARSE_ARGS|commander)/.test(error.code ?? '')
  process.exitCode = reportFailure(ofFlags ? new ConfigError(error.message, { fix: usage, cause: error }) : error)
})

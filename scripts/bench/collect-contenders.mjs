// One contender of collect.mjs: reads every Transfer of the generated chain and prints what that took, as one line.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseAbi, parseEventLogs, toEventSelector } from 'viem'
import { BLOCKS, CHAIN_ID, TOKEN } from './rpc-server.mjs'

const abi = parseAbi(['event Transfer(address indexed from, address indexed to, uint256 value)'])
const topic = toEventSelector(abi[0])
const chain = `eip155:${CHAIN_ID}`
const dist = (path) => import(pathToFileURL(join(import.meta.dirname, '..', '..', 'dist', 'src', path)).href)

const contenders = { logs, collect, viem, ethers, squid, decode }
if (process.argv[1] === import.meta.filename) {
  const [kind, url, folder] = process.argv.slice(2)
  const work = await contenders[kind](url, folder)
  const start = performance.now()
  const before = process.cpuUsage()
  const result = await work()
  const { user, system } = process.cpuUsage(before)
  const peak = process.resourceUsage().maxRSS / 1024
  const measured = { ms: performance.now() - start, cpu: (user + system) / 1e6, peak }
  const line = { bench: kind, ...measured, ...(typeof result === 'number' ? { logs: result } : result) }
  process.stdout.write(`${JSON.stringify(line)}\n`, () => process.exit(0))
}

async function protocol() {
  const { defineProtocol, paidUsage } = await dist('index.js')
  return defineProtocol({
    id: 'bench',
    title: 'Transfers read as usage',
    version: 1,
    contracts: { token: abi },
    deployments: [{ chain, role: 'token', address: TOKEN, fromBlock: 1, verified: true, source: 'generated' }],
    assets: [{ chain, asset: 'native', symbol: 'ETH', decimals: 18 }],
    metric: { statuses: ['settled'], time: 'settled_at', unitKind: null },
    about: { row: '', consumer: '', provider: '', price: '', unavailable: [], traps: [], references: [] },
    decode(transaction) {
      const uses = transaction.logs.map(({ args, logIndex }) => {
        return { logIndex, consumer: args.from, provider: args.to, asset: 'native', amount: args.value }
      })
      return paidUsage(transaction, 'bench', uses)
    },
  })
}

/** Decodes logs as the collector does, one transaction each. */
async function decoder() {
  const { transactionDecoder } = await dist('protocols/decode-transaction.js')
  const decode = transactionDecoder(await protocol())
  return (found) => {
    let decoded = 0
    for (const log of found) {
      const { transactionHash: hash, blockNumber, timestamp } = log
      decoded += decode({ chain, hash, blockNumber, timestamp, from: null, logs: [log] }).logs.length
    }
    return decoded
  }
}

async function logs(url) {
  const { rpcClient } = await dist('sources/rpc/client.js')
  const decode = await decoder()
  return async () =>
    decode(await rpcClient({ chain, url }).getLogs({ addresses: [TOKEN], topics: [[topic]], from: 1, to: BLOCKS }))
}

async function collect(url) {
  const { collect: run, openLedger } = await dist('index.js')
  const folder = mkdtempSync(join(tmpdir(), 'washboard-bench-'))
  const protocols = [await protocol()]
  return async () => {
    const ledger = await openLedger(join(folder, 'ledger.duckdb'), { memory: '512MB' })
    const { chains } = await run({ ledger, protocols, endpoints: [{ chain, url }], to: BLOCKS })
    ledger.close()
    rmSync(folder, { recursive: true })
    return chains[0].rows.usage_events
  }
}

async function viem(url) {
  const { createPublicClient, http } = await import('viem')
  const client = createPublicClient({ transport: http(url, { maxResponseBodySize: false, timeout: 60_000 }) })
  return () =>
    inRanges(500, (fromBlock, toBlock) =>
      client.getLogs({ address: TOKEN, event: abi[0], fromBlock: BigInt(fromBlock), toBlock: BigInt(toBlock) }),
    )
}

async function ethers(url) {
  const { Contract, JsonRpcProvider, Network } = await import('ethers')
  const provider = new JsonRpcProvider(url, CHAIN_ID, { staticNetwork: Network.from(CHAIN_ID) })
  const contract = new Contract(
    TOKEN,
    ['event Transfer(address indexed from, address indexed to, uint256 value)'],
    provider,
  )
  return () => inRanges(10, (from, to) => contract.queryFilter('Transfer', from, to))
}

async function inRanges(width, ask) {
  let decoded = 0
  for (let from = 1; from <= BLOCKS; from += width) {
    for (const { args } of await ask(from, Math.min(from + width - 1, BLOCKS))) if (args[0] ?? args.from) decoded += 1
  }
  return decoded
}

async function squid(url, folder) {
  const require = createRequire(join(folder, 'package.json'))
  const { EvmBatchProcessor } = require('@subsquid/evm-processor')
  let seen = 0
  return () =>
    new Promise((resolve) => {
      const database = {
        connect: async () => ({ height: -1, hash: '0x' }),
        transact: (_, write) => write({}),
      }
      new EvmBatchProcessor()
        .setRpcEndpoint({ url })
        .setFinalityConfirmation(1)
        .setBlockRange({ from: 1, to: BLOCKS })
        .addLog({ address: [TOKEN], topic0: [topic] })
        .run(database, async ({ blocks }) => {
          for (const block of blocks) seen += parseEventLogs({ abi, logs: block.logs }).length
          if (blocks.at(-1)?.header.height === BLOCKS) resolve(seen)
        })
    })
}

/** CPU of JSON.parse alone, of ours and of viem's decoding after it, over the same bytes: the median of five passes. */
async function decode(url) {
  const { readLogs } = await dist('sources/rpc/answers.js')
  const decodeAll = await decoder()
  const answers = []
  for (let from = 1; from <= BLOCKS; from += 500) answers.push([from, await recorded(url, from, from + 499)])
  const filter = { addresses: [TOKEN], topics: [[topic]] }
  const passes = {
    'JSON.parse alone': ([, text]) => JSON.parse(text).result.length,
    'JSON.parse, readLogs and decoding': ([from, text]) =>
      decodeAll(readLogs(chain, JSON.parse(text).result, filter, { from, to: from + 499 })),
    'JSON.parse and parseEventLogs of viem': ([, text]) =>
      parseEventLogs({ abi, logs: JSON.parse(text).result }).length,
  }
  return async () => {
    const times = Object.fromEntries(Object.keys(passes).map((name) => [name, []]))
    for (let i = 0; i < 6; i += 1)
      for (const [name, pass] of Object.entries(passes)) times[name].push(timed(answers, pass))
    // The first pass compiles.
    const median = (all) => all.slice(1).sort((a, b) => a - b)[2]
    return { seconds: Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)])) }
  }
}

function timed(answers, pass) {
  const before = process.cpuUsage()
  const decoded = answers.reduce((sum, answer) => sum + pass(answer), 0)
  const { user, system } = process.cpuUsage(before)
  if (decoded !== 100_000) throw new Error(`${decoded} logs were decoded`)
  return (user + system) / 1e6
}

async function recorded(url, from, to) {
  const range = { fromBlock: `0x${from.toString(16)}`, toBlock: `0x${to.toString(16)}` }
  const call = { jsonrpc: '2.0', id: 1, method: 'eth_getLogs', params: [{ address: TOKEN, topics: [topic], ...range }] }
  return (await fetch(url, { method: 'POST', body: JSON.stringify(call) })).text()
}

/** Writes a Ponder project whose handler counts, and starts it. */
export async function preparePonder(folder, url, total) {
  const project = join(folder, 'project')
  rmSync(project, { recursive: true, force: true })
  mkdirSync(join(project, 'src', 'api'), { recursive: true })
  const contract = { abi, chain: 'bench', address: TOKEN, startBlock: 1, endBlock: BLOCKS }
  const config = { chains: { bench: { id: CHAIN_ID, rpc: url } }, contracts: { Token: contract } }
  const files = {
    'package.json': '{"type":"module"}',
    'ponder.config.ts': `import { createConfig } from 'ponder'\nexport default createConfig(${JSON.stringify(config)})`,
    'ponder.schema.ts': `import { onchainTable } from 'ponder'
      export const transfer = onchainTable('transfer', (t) => ({ id: t.text().primaryKey() }))`,
    'src/index.ts': `import { ponder } from 'ponder:registry'
      let seen = 0
      ponder.on('Token:Transfer', async () => {
        seen += 1
        if (seen === ${total}) console.log('every log is seen')
      })`,
    'src/api/index.ts': `import { Hono } from 'hono'\nexport default new Hono()`,
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text)
  const bin = join(folder, 'node_modules', 'ponder', 'dist', 'esm', 'bin', 'ponder.js')
  const args = [bin, 'start', '--schema', 'bench', '-p', String(await freePort()), '-H', '127.0.0.1']
  const env = { ...process.env, PONDER_TELEMETRY_DISABLED: 'true' }
  return spawn(process.execPath, args, { cwd: project, env, stdio: ['ignore', 'pipe', 'inherit'] })
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

// A JSON-RPC node over a generated chain, always the same: 5,000 blocks with 20 Transfer logs each, 12 seconds apart,
// and 100 empty ones, under which those are final for every reader.
// It refuses more than 2,000 blocks or 10,000 results a call, and counts calls and bytes; GET / gives and resets both.
// Usage: node scripts/bench/rpc-server.mjs (prints its URL)
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { keccak256, numberToHex } from 'viem'

export const BLOCKS = 5000
export const LOGS = 20
const HEAD = BLOCKS + 100
export const CHAIN_ID = 8453
export const TOKEN = `0x${'7a'.repeat(20)}`
const TRANSFER = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
const START = 1_700_000_000
const [MAX_BLOCKS, MAX_RESULTS] = [2000, 10_000]
const ZERO = `0x${'00'.repeat(32)}`

const sha = (text) => `0x${createHash('sha256').update(text).digest('hex')}`
const word = (value) => `0x${BigInt(value).toString(16).padStart(64, '0')}`
const wallets = Array.from({ length: 500 }, (_, i) => word(sha(`wallet ${i}`).slice(0, 42)))

const bits = new Map()
function addToBloom(bloom, value) {
  if (!bits.has(value)) {
    const hash = Buffer.from(keccak256(value).slice(2), 'hex')
    bits.set(
      value,
      [0, 2, 4].map((at) => hash.readUInt16BE(at) & 2047),
    )
  }
  for (const bit of bits.get(value)) bloom[255 - (bit >> 3)] |= 1 << (bit & 7)
}

function logOf(block, i) {
  const n = block.height * LOGS + i
  return {
    address: TOKEN,
    topics: [TRANSFER, wallets[(n * 7919) % 500], wallets[(n * 104729 + 1) % 500]],
    data: word(1000 + ((n * 31) % 999_983)),
    blockNumber: block.number,
    blockHash: block.hash,
    blockTimestamp: block.timestamp,
    transactionHash: sha(`transaction ${n}`),
    transactionIndex: numberToHex(i),
    logIndex: numberToHex(i),
    removed: false,
  }
}

function blockOf(height) {
  const block = {
    height,
    number: numberToHex(height),
    hash: sha(`block ${height}`),
    timestamp: numberToHex(START + height * 12),
  }
  const logs = height === 0 || height > BLOCKS ? [] : Array.from({ length: LOGS }, (_, i) => logOf(block, i))
  const bloom = Buffer.alloc(256)
  for (const { address, topics } of logs) for (const value of [address, ...topics]) addToBloom(bloom, value)
  return { ...block, logs, texts: logs.map((log) => JSON.stringify(log)), bloom: `0x${bloom.toString('hex')}` }
}

function header({ height, number, hash, timestamp, logs, bloom }, full) {
  const transactions = full ? logs.map(transactionOf) : logs.map(({ transactionHash }) => transactionHash)
  return {
    number,
    hash,
    parentHash: height === 0 ? ZERO : sha(`block ${height - 1}`),
    timestamp,
    logsBloom: bloom,
    transactions,
    ...{ nonce: '0x0000000000000000', sha3Uncles: ZERO, transactionsRoot: ZERO, stateRoot: ZERO, receiptsRoot: ZERO },
    ...{ miner: TOKEN, difficulty: '0x0', totalDifficulty: '0x0', extraData: '0x', size: '0x400', uncles: [] },
    ...{ gasLimit: '0x1c9c380', gasUsed: '0xf4240', baseFeePerGas: '0x7', mixHash: ZERO },
  }
}

function transactionOf({ blockHash, blockNumber, transactionHash: hash, transactionIndex, topics }) {
  const from = `0x${topics[1].slice(26)}`
  const gas = { gas: '0xc350', gasPrice: '0x7', nonce: '0x1', value: '0x0', type: '0x0', input: '0x' }
  return { blockHash, blockNumber, hash, transactionIndex, from, to: TOKEN, ...gas, v: '0x1b', r: word(1), s: word(2) }
}

function receiptOf(log) {
  const { transactionHash, transactionIndex, blockHash, blockNumber, topics } = log
  const gas = { cumulativeGasUsed: '0xc350', gasUsed: '0xc350', effectiveGasPrice: '0x7', type: '0x0', status: '0x1' }
  const bloom = Buffer.alloc(256)
  for (const value of [log.address, ...topics]) addToBloom(bloom, value)
  const places = { transactionHash, transactionIndex, blockHash, blockNumber, contractAddress: null }
  const logsBloom = `0x${bloom.toString('hex')}`
  return { ...places, from: `0x${topics[1].slice(26)}`, to: TOKEN, logs: [log], logsBloom, ...gas }
}

function heightOf(at) {
  if (at === 'earliest') return 0
  return ['latest', 'finalized', 'safe', 'pending', undefined].includes(at) ? HEAD : Number(at)
}

function getLogs(blocks, { address, topics = [], fromBlock, toBlock, blockHash }) {
  const one = blockHash === undefined ? null : blocks.findIndex(({ hash }) => hash === blockHash)
  const [from, to] = [one ?? heightOf(fromBlock), one ?? heightOf(toBlock)]
  if (to - from >= MAX_BLOCKS) throw { code: -32600, message: `eth_getLogs is limited to a ${MAX_BLOCKS} range` }
  const addresses = address === undefined ? null : [address].flat().map((text) => text.toLowerCase())
  const wanted = topics.map((choice) => (choice === null ? null : new Set([choice].flat())))
  const found = []
  for (const { logs, texts } of blocks.slice(from, to + 1)) {
    logs.forEach((log, i) => {
      if (addresses?.includes(log.address) === false) return
      if (wanted.every((choice, at) => choice === null || choice.has(log.topics[at]))) found.push(texts[i])
    })
  }
  if (found.length > MAX_RESULTS) throw { code: -32005, message: `query returned more than ${MAX_RESULTS} results` }
  return `[${found.join(',')}]`
}

function result(blocks, method, [first, second]) {
  const block = () => blocks[heightOf(first)]
  const text = (value) => JSON.stringify(value ?? null)
  if (method === 'eth_getLogs') return getLogs(blocks, first)
  if (method === 'eth_chainId') return text(numberToHex(CHAIN_ID))
  if (method === 'net_version') return text(String(CHAIN_ID))
  if (method === 'eth_blockNumber') return text(numberToHex(HEAD))
  if (method === 'eth_getBlockByNumber') return text(block() && header(block(), second))
  if (method === 'eth_getBlockReceipts') return text(block()?.logs.map(receiptOf))
  if (method === 'eth_getBlockByHash') {
    const found = blocks.find(({ hash }) => hash === first)
    return text(found && header(found, second))
  }
  throw { code: -32601, message: `the method ${method} does not exist/is not available` }
}

function answer(blocks, { id, method, params = [] }) {
  const start = `{"jsonrpc":"2.0","id":${JSON.stringify(id)}`
  try {
    return `${start},"result":${result(blocks, method, params)}}`
  } catch (error) {
    return `${start},"error":${JSON.stringify(error)}}`
  }
}

function serve() {
  const blocks = Array.from({ length: HEAD + 1 }, (_, height) => blockOf(height))
  let counts = { calls: 0, bytes: 0 }
  const server = createServer(async (request, response) => {
    response.setHeader('content-type', 'application/json')
    if (request.method === 'GET') {
      response.end(JSON.stringify(counts))
      counts = { calls: 0, bytes: 0 }
      return
    }
    const parts = []
    for await (const part of request) parts.push(part)
    const asked = JSON.parse(Buffer.concat(parts).toString())
    const answers = [asked].flat().map((call) => answer(blocks, call))
    const body = Buffer.from(Array.isArray(asked) ? `[${answers.join(',')}]` : answers[0])
    counts.calls += answers.length
    counts.bytes += body.length
    response.end(body)
  })
  server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`))
}

if (process.argv[1] === import.meta.filename) serve()

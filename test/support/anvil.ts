import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import {
  type Abi,
  type Address,
  createTestClient,
  defineChain,
  type Hash,
  type Hex,
  http,
  numberToHex,
  publicActions,
  type TransactionReceipt,
  walletActions,
} from 'viem'
import type { RawTransaction } from '../../src/protocols/protocol.ts'

type Artifact = { readonly abi: Abi; readonly bytecode: Hex }

/** Contracts of `test/contracts/*.sol` by name, as `scripts/compile-contracts.mjs` left them. */
export const artifacts: { readonly [name: string]: Artifact } = JSON.parse(
  readFileSync(new URL('../contracts/artifacts.json', import.meta.url), 'utf8'),
)

export type Contract = { readonly name: string; readonly address: Address; readonly receipt: TransactionReceipt }
export type Anvil = Awaited<ReturnType<typeof startAnvil>>

export type AnvilOptions = {
  readonly chainId?: number
  /** All but the last two epochs are final. */
  readonly slotsInAnEpoch?: number
  /** How many past states are kept, which tracing, calls at an old block and reorganisations need. */
  readonly states?: number
}

/** Starts a test chain. The caller stops it, in `afterAll`; it goes with this process in any case. */
export async function startAnvil({ chainId = 31337, slotsInAnEpoch = 1, states = 64 }: AnvilOptions = {}) {
  const { process: child, url } = await launch(chainId, slotsInAnEpoch, states)
  const chain = defineChain({
    id: chainId,
    name: 'anvil',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [url] } },
  })
  const transport = http(url, { maxResponseBodySize: false, retryCount: 0, timeout: 60_000 })
  const client = createTestClient({ mode: 'anvil', chain, transport, pollingInterval: 10, cacheTime: 0 })
    .extend(publicActions)
    .extend(walletActions)
  const account = (await client.getAddresses())[0]!

  /** One account sends one transaction after the other: in parallel they would be given the same nonce. */
  async function mined(hash: Hash): Promise<TransactionReceipt> {
    const receipt = await client.waitForTransactionReceipt({ hash })
    if (receipt.status !== 'success') throw new Error(`transaction ${hash} was reverted`)
    return receipt
  }

  /** Deploys a contract of `test/contracts`. */
  async function deploy(name: string, args: readonly unknown[] = []): Promise<Contract> {
    const { abi, bytecode } = artifacts[name]!
    const receipt = await mined(await client.deployContract({ abi, bytecode, args, account, chain }))
    return { name, address: receipt.contractAddress!.toLowerCase() as Address, receipt }
  }

  /** Calls a function of a contract in a transaction of its own. */
  async function send(
    contract: { readonly name: string; readonly address: string },
    functionName: string,
    args: readonly unknown[] = [],
    value = 0n,
  ): Promise<TransactionReceipt> {
    const { abi } = artifacts[contract.name]!
    const address = contract.address as Address
    return mined(await client.writeContract({ abi, address, functionName, args, account, chain, value }))
  }

  return {
    url,
    chainId,
    chain: `eip155:${chainId}`,
    client,
    account: account.toLowerCase(),
    deploy,
    send,
    transactions: (from = 0, to?: number) => transactionsOf(client, chainId, from, to),
    stop: () => stop(child),
  }
}

/** What `transactionsOf` needs of a client. */
type Requester = { request(call: never): Promise<unknown> }

type RpcLog = {
  readonly address: string
  readonly topics: readonly string[]
  readonly data: string
  readonly blockNumber: Hex
  readonly blockTimestamp: Hex
  readonly transactionHash: Hex
  readonly logIndex: Hex
}

/** Every transaction with logs in the range, in order, as a transport would hand it over. */
async function transactionsOf(
  client: Requester,
  chainId: number,
  from: number,
  to?: number,
): Promise<RawTransaction[]> {
  const call = (method: string, params: readonly unknown[]) => client.request({ method, params } as never)
  const toBlock = to === undefined ? 'latest' : numberToHex(to)
  const logs = (await call('eth_getLogs', [{ fromBlock: numberToHex(from), toBlock }])) as readonly RpcLog[]
  const found = new Map<string, RawTransaction & { logs: RawTransaction['logs'][number][] }>()
  for (const log of logs) {
    let transaction = found.get(log.transactionHash)
    if (transaction === undefined) {
      const sent = (await call('eth_getTransactionByHash', [log.transactionHash])) as { readonly from: string }
      transaction = {
        chain: `eip155:${chainId}`,
        hash: log.transactionHash,
        blockNumber: Number(log.blockNumber),
        timestamp: Number(log.blockTimestamp) * 1000,
        from: sent.from,
        logs: [],
      }
      found.set(log.transactionHash, transaction)
    }
    const { address, topics, data } = log
    transaction.logs.push({ address, topics, data, logIndex: Number(log.logIndex) })
  }
  return [...found.values()]
}

/**
 * Later hardforks mine many empty blocks in quadratic time; without `--prune-history` every state is kept, and a
 * reorganisation needs the latest ones. Port 0 lets
 * the system choose a free one, which anvil then prints.
 */
async function launch(chainId: number, slots: number, states: number): Promise<{ process: ChildProcess; url: string }> {
  const given = { 'slots-in-an-epoch': slots, 'prune-history': states, 'gas-limit': 1_000_000_000, accounts: 10 }
  const options = Object.entries(given).flatMap(([name, value]) => [`--${name}`, String(value)])
  options.push('--hardfork', 'cancun')
  const child = spawn(binary(), ['--port', '0', '--chain-id', String(chainId), ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  child.once('exit', () => process.removeListener('exit', kill))
  const url = await new Promise<string>((resolve, reject) => {
    let output = ''
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      const listening = /Listening on ([\d.]+:\d+)/.exec(output)
      if (listening !== null) resolve(`http://${listening[1]}`)
    }
    child.stdout!.on('data', read)
    child.stderr!.on('data', read)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`anvil ended with code ${code}:\n${output}`)))
  })
  // What it prints from now on is not read, and must not fill the pipe.
  child.stdout!.removeAllListeners('data').resume()
  child.stderr!.removeAllListeners('data').resume()
  return { process: child, url }
}

/** The binary of the platform's package, which saves the wrapper's second process. */
function binary(): string {
  const require = createRequire(import.meta.url)
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`
  const path = join(dirname(require.resolve(`@foundry-rs/anvil-${platform}/package.json`)), 'bin', 'anvil')
  if (!existsSync(path)) throw new Error(`no anvil at ${path}`)
  return path
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 2_000)
  await ended
  clearTimeout(late)
}

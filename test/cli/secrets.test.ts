import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { openLedger } from '../../src/ledger/duckdb.ts'
import { washboard } from '../support/cli.ts'
import { writeDeployments } from '../support/deployments-file.ts'
import { type OlasChain, startOlasChain } from '../support/olas-chain.ts'

const SECRETS = ['s3cr3t-pathkey-0123456789abcdef', 'qu3ry-s3cret-value', 'us3rname', 'passw0rd-of-user']
const [path, query, user, password] = SECRETS as [string, string, string, string]
// As the Authorization header holds them.
SECRETS.push(Buffer.from(`${user}:${password}`).toString('base64'))

let chain: OlasChain
beforeAll(async () => {
  chain = await startOlasChain()
})
afterAll(() => chain.anvil.stop())

/** Runs are patient with a failing provider, so all providers fail at the same time, each in a folder of its own. */
async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'washboard-secrets-'))
  await writeDeployments(chain, join(folder, 'deployments.json'))
  await work(folder).finally(() => rm(folder, { recursive: true, force: true }))
}

type Behaviour = 'forwards' | 'denies' | 'breaks' | 'html' | 'redirects' | 'rate' | 'rpc-error' | 'cuts-logs'

/** A server that repeats what it was asked with, as careless providers do, in every kind of answer. */
async function startEcho(behaviour: Behaviour): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += String(part)
    const echo = `at ${request.url} with ${request.headers.authorization} for ${user}:${password} at http://${user}:${password}@host/${path}?key=${query}`
    response.setHeader('content-type', 'application/json')
    const error = (status: number, text: string) => {
      response.statusCode = status
      response.end(text)
    }
    const json = (code: number, message: string) =>
      JSON.stringify({ jsonrpc: '2.0', id: (JSON.parse(body) as { id?: number }).id ?? 1, error: { code, message } })
    if (behaviour === 'denies')
      return error(401, JSON.stringify({ error: { code: -32001, message: `invalid api key ${echo}` } }))
    if (behaviour === 'breaks') return error(503, `upstream failed ${echo}`)
    if (behaviour === 'html') return error(200, `<html>${echo}</html>`)
    if (behaviour === 'rate')
      return error(429, JSON.stringify({ error: { code: 429, message: `too many requests ${echo}` } }))
    if (behaviour === 'redirects') {
      response.setHeader('location', `http://127.0.0.1:9/${path}?key=${query}`)
      return error(302, '')
    }
    if (behaviour === 'rpc-error') return error(200, json(-32000, `cannot do that ${echo}`))
    const answer = await fetch(chain.anvil.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    const text = await answer.text()
    if (behaviour === 'cuts-logs' && body.includes('eth_getLogs'))
      return error(200, json(4444, `pruned history ${echo}`))
    response.end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { server, url: `http://${user}:${password}@127.0.0.1:${port}/v2/${path}?key=${query}` }
}

/** Everything a run printed and left behind, as text. */
async function traces(folder: string, ran: { readonly stdout: string; readonly stderr: string }): Promise<string> {
  const parts = [ran.stdout, ran.stderr]
  for (const name of await readdir(folder, { recursive: true })) {
    const file = join(folder, name)
    if (!(await stat(file)).isFile()) continue
    parts.push((await readFile(file)).toString('latin1'))
    if (!name.endsWith('.duckdb')) continue
    const ledger = await openLedger(file)
    // The file compresses its texts, so it is read as a ledger as well.
    for (const query of ['all-rejects', 'all-coverage', 'all-usage-events', 'all-transfers'])
      parts.push(
        JSON.stringify(await ledger.rows(query), (_, value) => (typeof value === 'bigint' ? `${value}` : value)),
      )
    ledger.close()
  }
  return parts.join('\n')
}

const commands = (url: string): readonly (readonly string[])[] => {
  const network = ['olas-mech', '--rpc', `31337=${url}`, '--deployments', 'deployments.json', '--max-requests', '200']
  return [
    ['collect', ...network],
    ['collect', ...network, '--dry-run'],
    ['run', ...network],
    ['doctor', '--rpc', `31337=${url}`],
  ]
}

describe.concurrent('secrets', () => {
  it('appear nowhere after a run that succeeds, nor in a comparison that fails', async ({ expect }) => {
    await inFolder(async (folder) => {
      const { server, url } = await startEcho('forwards')
      const flags = ['--rpc', '31337=$' + '{NODE}', '--deployments', 'deployments.json']
      const ran = await washboard(['run', 'olas-mech', ...flags], { cwd: folder, env: { NODE: url } })
      expect(ran.code).toBe(0)
      const compared = await washboard(['reconcile', '--subgraph', `olas-mech@31337=${url}`], { cwd: folder })
      expect(compared.stderr).toMatch(/Fix: /)
      server.close()
      const left = await traces(folder, { stdout: ran.stdout + compared.stdout, stderr: ran.stderr + compared.stderr })
      expect(left).toContain('olas-mech')
      for (const secret of SECRETS) expect(left).not.toContain(secret)
    })
  })

  it.for(['denies', 'breaks', 'html', 'redirects', 'rate', 'rpc-error', 'cuts-logs'] as const)(
    'appear nowhere where a provider %s and repeats them',
    { timeout: 300_000 },
    async (behaviour, { expect }) => {
      await inFolder(async (folder) => {
        const { server, url } = await startEcho(behaviour)
        const all = ['rpc-error', 'denies'].includes(behaviour)
        for (const command of all ? commands(url) : commands(url).slice(0, 1)) {
          const ran = await washboard(command, { cwd: folder, env: { WASHBOARD_DEBUG: '1' } })
          expect(ran.stderr).toMatch(/Fix: /)
          const left = await traces(folder, ran)
          for (const secret of SECRETS) expect(left, `${command[0]} left ${secret}`).not.toContain(secret)
        }
        server.close()
      })
    },
  )
})

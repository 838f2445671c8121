import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createJiti } from 'jiti'
import { z } from 'zod'
import { ConfigError } from '../errors.ts'
import { protocols } from '../protocols/index.ts'
import { type AnyProtocol, type Deployment, withDeployments } from '../protocols/protocol.ts'

/** A network by its id, or from a `.ts`, `.js` or `.mjs` file whose default export is a protocol. */
export async function loadProtocol(name: string): Promise<AnyProtocol> {
  const known = protocols.find((protocol) => protocol.id === name)
  if (known !== undefined) return known
  if (!/\.(ts|js|mjs)$/.test(name))
    throw new ConfigError(`There is no network named ${name}.`, {
      details: protocols.map((protocol) => `${protocol.id}: ${protocol.title}`),
      fix: 'Use one of these ids, or the path of a file that exports a protocol of your own.',
    })
  const path = resolve(name)
  if (!existsSync(path)) throw new ConfigError(`There is no file ${path}.`, { fix: 'Check the path of the protocol.' })
  const loaded: unknown = await loadModule(path)
  if (isProtocol(loaded)) return loaded
  throw new ConfigError(`${path} does not export a protocol.`, {
    fix: 'End the file with `export default defineProtocol({ … })`.',
  })
}

async function loadModule(path: string): Promise<unknown> {
  // A protocol file imports `washboard`: this very package, wherever the file stands.
  const own = (path: string) => fileURLToPath(new URL(path, import.meta.url))
  const parts = ['protocols', 'signals', 'statistics', 'simulation']
  const alias = Object.fromEntries(parts.map((part) => [`washboard/${part}`, own(`../${part}/index.js`)]))
  const jiti = createJiti(import.meta.url, { fsCache: false, alias: { ...alias, washboard: own('../index.js') } })
  try {
    return await jiti.import(path, { default: true })
  } catch (cause) {
    const message = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
    throw new ConfigError(`${path} cannot be loaded.`, { details: [message], fix: 'Correct the file.', cause })
  }
}

function isProtocol(value: unknown): value is AnyProtocol {
  if (typeof value !== 'object' || value === null) return false
  const { id, version, contracts, deployments, decode } = value as Partial<AnyProtocol>
  return (
    typeof id === 'string' &&
    typeof version === 'number' &&
    typeof contracts === 'object' &&
    Array.isArray(deployments) &&
    typeof decode === 'function'
  )
}

const deploymentList = z.array(
  z.strictObject({
    chain: z.string().regex(/^eip155:\d+$/),
    role: z.string(),
    address: z.string().regex(/^0x[0-9a-fA-F]{40}$/),
    fromBlock: z.number().int().min(0).nullable(),
    asset: z.string().optional(),
    verified: z.boolean().default(false),
    source: z.string().default('given by the user'),
  }),
)

const deploymentFile = z.union([
  deploymentList.transform((deployments) => ({ deployments, assets: undefined })),
  z.strictObject({
    deployments: deploymentList,
    assets: z
      .array(
        z.strictObject({
          chain: z.string(),
          asset: z.string(),
          symbol: z.string(),
          decimals: z.number().int().min(0).max(38),
          peg: z.literal('USD').optional(),
        }),
      )
      .optional(),
  }),
])

/** The protocol on the contracts that a JSON file lists: a fork, a private deployment, a test chain. */
export async function onDeployments(protocol: AnyProtocol, path: string): Promise<AnyProtocol> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ConfigError(`The file ${path} cannot be read.`, { fix: 'Check the path after --deployments.', cause })
  })
  const parsed = deploymentFile.safeParse(safeJson(text))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new ConfigError(`${path} is not a list of deployments.`, {
      details: [`${issue?.path.join('.') || 'the file'}: ${issue?.message}`],
      fix: 'Write [{ "chain": "eip155:100", "role": "…", "address": "0x…", "fromBlock": 0 }].',
    })
  }
  const roles = Object.keys(protocol.contracts)
  const foreign = parsed.data.deployments.find((deployment) => !roles.includes(deployment.role))
  if (foreign !== undefined)
    throw new ConfigError(`${protocol.id} has no contract in the role ${foreign.role}.`, {
      details: [`Roles: ${roles.join(', ')}`],
      fix: 'Correct the role.',
    })
  const assets = parsed.data.assets as AnyProtocol['assets'] | undefined
  return withDeployments(
    protocol as never,
    parsed.data.deployments as Deployment[],
    assets ?? protocol.assets,
  ) as AnyProtocol
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

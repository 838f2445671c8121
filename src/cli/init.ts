import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { type Command, Option } from 'commander'
import { ConfigError } from '../errors.ts'
import { protocols } from '../protocols/index.ts'
import { type Choice, chooseEvent } from '../workflows/init/choose-event.ts'
import { declaredAssets } from '../workflows/init/declared-assets.ts'
import { readEvents, signatureOf } from '../workflows/init/read-abi.ts'
import { type NewNetwork, ROLE, renderProtocol } from '../workflows/init/render-protocol.ts'
import { renderQuery } from '../workflows/init/render-query.ts'
import { chainId, contractAddress, wholeNumber } from './options.ts'
import { type GlobalOptions, note, print } from './output.ts'
import { knownChain } from './public-node.ts'

type InitFlags = GlobalOptions & {
  readonly abi: string
  readonly address: string
  readonly chain: string
  readonly event?: string
  readonly consumer?: string
  readonly provider?: string
  readonly amount?: string
  readonly units?: string
  readonly unitKind?: string
  readonly service?: string
  readonly asset?: string
  readonly decimals?: number
  readonly symbol?: string
  readonly peg?: 'USD'
  readonly fromBlock?: number
  readonly subgraph?: boolean
  readonly format: 'ts' | 'mjs'
  readonly output: string
  readonly force?: boolean
}

export function initCommand(program: Command): void {
  program
    .command('init <network>')
    .description('Write the file of a network of your own from the ABI of its contract, ready to collect from.')
    .requiredOption('--abi <file>', 'ABI: a list, an artifact of Hardhat or Foundry, or signatures')
    .requiredOption('--address <address>', 'the contract that logs the event', contractAddress)
    .requiredOption('--chain <chain>', 'its chain, as 8453 or eip155:8453', chainId)
    .option('--event <name>', 'the event of a paid use; default: the only one that fits')
    .option('--consumer <argument>', 'who pays; default: by its name, else the first address')
    .option('--provider <argument>', 'who is paid; default: by its name, else the other address')
    .option(
      '--amount <argument>',
      'the price, in the smallest unit of the asset; default: by its name, or the only one',
    )
    .option('--units <argument>', 'how much was used')
    .option('--unit-kind <kind>', 'what the units are, such as tokens')
    .option('--service <argument>', 'what was used')
    .option('--asset <asset>', 'what is paid in: native, a token address, or the argument that holds it')
    .option('--decimals <n>', 'decimals of the token', wholeNumber)
    .option('--symbol <symbol>', 'symbol of the token')
    .addOption(new Option('--peg <currency>', 'what one unit of the asset is taken to be worth').choices(['USD']))
    .option('--from-block <n>', 'the block in which the contract was created; default: not known', wholeNumber)
    .option('--subgraph', 'write the query of a subgraph as well, as graph init makes one')
    .addOption(new Option('--format <format>', 'language of the file').choices(['ts', 'mjs']).default('ts'))
    .option('--output <folder>', 'where to write', '.')
    .option('--force', 'write over files that are there')
    .addHelpText(
      'after',
      '\nExample:\n  $ washboard init my-network --abi out/Desk.json --address 0x… --chain 8453 --asset 0x… --symbol USDC --decimals 6',
    )
    .action(async (id: string, _: unknown, self: Command) => init(id, self.optsWithGlobals<InitFlags>()))
}

async function init(id: string, flags: InitFlags): Promise<void> {
  checkName(id, flags)
  const network = await networkOf(id, flags)
  const files = filesOf(network, flags.output)
  if (flags.force !== true) refuseOverwriting(files)
  await mkdir(flags.output, { recursive: true })
  for (const [path, text] of files) await writeFile(path, text)
  const paths = files.map(([path]) => path)
  if (flags.json)
    print(JSON.stringify({ id, files: paths, event: signatureOf(network.choice.event), ...roles(network) }))
  for (const line of told(network, paths)) note(line, flags)
}

async function networkOf(id: string, flags: InitFlags): Promise<NewNetwork> {
  const text = await readFile(flags.abi, 'utf8').catch((cause: unknown) => {
    throw new ConfigError(`The ABI ${flags.abi} cannot be read.`, { fix: 'Check the path after --abi.', cause })
  })
  const { asset: given, chain, address, fromBlock = null, unitKind = null, subgraph = false, format } = flags
  const asset = given === 'native' ? given : /^0x[0-9a-f]{40}$/i.test(given ?? '') ? given!.toLowerCase() : null
  const said = { assetKnown: given !== undefined, assetArgument: asset === null ? given : undefined }
  const choice = chooseEvent(readEvents(text, flags.abi), { ...flags, ...said })
  const currency = asset === 'native' ? ((await knownChain(chain))?.currency ?? null) : null
  const assets = declaredAssets({ ...flags, chain, asset, currency })
  return { id, choice, deployment: { chain, address, fromBlock }, asset, assets, unitKind, subgraph, format }
}

function filesOf(network: NewNetwork, folder: string): (readonly [path: string, text: string])[] {
  const { id, format, subgraph, deployment, assets, choice } = network
  const deployments = { deployments: [{ role: ROLE, ...deployment }], assets }
  return [
    [join(folder, `${id}.${format}`), renderProtocol(network)],
    [join(folder, `${id}.deployments.json`), `${JSON.stringify(deployments, null, 2)}\n`],
    ...(subgraph ? [[join(folder, `${id}.graphql`), renderQuery(choice.event)] as const] : []),
  ]
}

function told({ choice, asset, deployment, assets }: NewNetwork, paths: readonly string[]): string[] {
  const { chain, fromBlock } = deployment
  const from = fromBlock === null ? ' --from <block|day>' : ''
  const own = asset === 'native' ? ' --native' : ''
  const lines = Object.entries(roles({ choice, asset })).map(
    ([role, name]) => `  ${role.padEnd(10)}${name ?? 'not known'}`,
  )
  return [
    `From ${signatureOf(choice.event)}:`,
    ...lines,
    ...(assets.length === 0 ? ['No asset is declared: no token transfers are read, and no value is counted.'] : []),
    `Wrote ${paths.join(', ')}. Contracts of another chain go into the deployments, for --deployments.`,
    `Next: washboard run ${pathOf(paths[0]!)} --rpc ${chain.replace('eip155:', '')}=<url>${from}${own}`,
  ]
}

function pathOf(path: string): string {
  const from = relative('.', path)
  return /^(\.|\/)/.test(from) ? from : `./${from}`
}

function roles({ choice, asset }: Pick<NewNetwork, 'choice' | 'asset'>): { readonly [role: string]: string | null } {
  const name = (role: Exclude<keyof Choice, 'event'>) => choice[role]?.name ?? null
  return {
    ...{ consumer: name('consumer'), provider: name('provider'), amount: name('amount') },
    ...{ asset: name('asset') ?? asset, units: name('units'), service: name('service') },
  }
}

function checkName(id: string, { units, unitKind }: InitFlags): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    throw new ConfigError(`${JSON.stringify(id)} cannot be the id of a network.`, {
      fix: 'Use lower-case letters, digits and single hyphens, such as my-network.',
    })
  if (protocols.some((protocol) => protocol.id === id))
    throw new ConfigError(`There is already a network named ${id}.`, { fix: 'Choose another name.' })
  if (units === undefined && unitKind !== undefined)
    throw new ConfigError('A kind of units is named, but no argument that holds them.', { fix: 'Add --units.' })
}

function refuseOverwriting(files: readonly (readonly [path: string, text: string])[]): void {
  const there = files.map(([path]) => path).filter((path) => existsSync(path))
  if (there.length === 0) return
  throw new ConfigError('Files of this name are there already, and nothing was written.', {
    details: there,
    fix: 'Pass --force to write over them, or --output with another folder.',
  })
}

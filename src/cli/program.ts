import { Command } from 'commander'
import { VERSION } from '../version.ts'

type Add = (program: Command) => void

/** The file of each command, in the order of the help. One that is not asked for is not loaded: most of a start is loading. */
const commands: { readonly [name: string]: () => Promise<Add> } = {
  collect: async () => (await import('./collect.ts')).collectCommand,
  import: async () => (await import('./import.ts')).importCommand,
  audit: async () => (await import('./audit.ts')).auditCommand,
  report: async () => (await import('./report.ts')).reportCommand,
  run: async () => (await import('./run.ts')).runCommand,
  export: async () => (await import('./report.ts')).exportCommand,
  explain: async () => (await import('./explain.ts')).explainCommand,
  hash: async () => (await import('./hash.ts')).hashCommand,
  protocols: async () => (await import('./catalogue.ts')).protocolsCommand,
  signals: async () => (await import('./catalogue.ts')).signalsCommand,
  init: async () => (await import('./init.ts')).initCommand,
  incentives: async () => (await import('./incentives.ts')).incentivesCommand,
  reconcile: async () => (await import('./reconcile.ts')).reconcileCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  simulate: async () => (await import('./simulate.ts')).simulateCommand,
  eval: async () => (await import('./eval.ts')).evalCommand,
  demo: async () => (await import('./demo.ts')).demoCommand,
}

/** The program with the command that the words name, or with all where they name none, as for help. Nothing runs before it is parsed. */
export async function buildProgram(words: readonly string[] = []): Promise<Command> {
  const program = new Command('washboard')
    .description('Audits usage figures of decentralized AI networks: how much of them is consistent with wash usage.')
    .version(VERSION)
    .option('--quiet', 'no progress and no summary')
    .option('--json', 'results as JSON on stdout')
    .showHelpAfterError('Run the command with --help for its options and an example.')
    .exitOverride()
  const named = words.find((word) => !word.startsWith('-')) ?? ''
  const wanted = Object.hasOwn(commands, named) ? [named] : Object.keys(commands)
  for (const name of wanted) (await commands[name]!())(program)
  for (const command of program.commands) command.exitOverride()
  return program
}

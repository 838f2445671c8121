import { Command } from 'commander'
import { VERSION } from '../version.ts'
import { auditCommand } from './audit.ts'
import { hashCommand, protocolsCommand, signalsCommand } from './catalogue.ts'
import { collectCommand } from './collect.ts'
import { demoCommand } from './demo.ts'
import { doctorCommand } from './doctor.ts'
import { importCommand } from './import.ts'
import { initCommand } from './init.ts'
import { reconcileCommand } from './reconcile.ts'
import { exportCommand, reportCommand } from './report.ts'
import { runCommand } from './run.ts'
import { simulateCommand } from './simulate.ts'

/** All commands, with their help. Nothing runs before it is parsed. */
export function buildProgram(): Command {
  const program = new Command('washboard')
    .description('Audits usage figures of decentralized AI networks: how much of them is consistent with wash usage.')
    .version(VERSION)
    .option('--quiet', 'no progress and no summary')
    .option('--json', 'results as JSON on stdout')
    .showHelpAfterError('Run the command with --help for its options and an example.')
    .exitOverride()

  for (const add of [
    collectCommand,
    importCommand,
    auditCommand,
    reportCommand,
    runCommand,
    exportCommand,
    hashCommand,
    protocolsCommand,
    signalsCommand,
    initCommand,
    reconcileCommand,
    doctorCommand,
    simulateCommand,
    demoCommand,
  ]) {
    add(program)
  }
  for (const command of program.commands) command.exitOverride()
  return program
}

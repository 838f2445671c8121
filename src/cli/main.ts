#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { VERSION } from '../version.ts'
import { auditCommand } from './audit.ts'
import { hashCommand, protocolsCommand, signalsCommand } from './catalogue.ts'
import { collectCommand } from './collect.ts'
import { demoCommand } from './demo.ts'
import { doctorCommand } from './doctor.ts'
import { importCommand } from './import.ts'
import { reportFailure } from './output.ts'
import { reconcileCommand } from './reconcile.ts'
import { exportCommand, reportCommand } from './report.ts'
import { runCommand } from './run.ts'
import { simulateCommand } from './simulate.ts'

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
  reconcileCommand,
  doctorCommand,
  simulateCommand,
  demoCommand,
]) {
  add(program)
}
for (const command of program.commands) command.exitOverride()

// A reader such as `head` may close the pipe: nothing is left to say then.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else process.exitCode = reportFailure(error)
}

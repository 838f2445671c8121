#!/usr/bin/env node
import { CommanderError } from 'commander'
import { reportFailure } from './output.ts'
import { buildProgram } from './program.ts'

// A reader such as `head` may close the pipe: nothing is left to say then.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

try {
  const program = await buildProgram(process.argv.slice(2))
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else process.exitCode = reportFailure(error)
}

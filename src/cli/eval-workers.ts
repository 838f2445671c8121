import { type ChildProcess, fork } from 'node:child_process'
import { WashboardError } from '../errors.ts'
import type { WorkerAnswer, WorkerTask } from './eval-worker.ts'

/** Processes that evaluate worlds. No more worlds may be asked for at once than there are processes. */
export type EvalWorkers = {
  readonly run: (task: WorkerTask) => Promise<unknown>
  readonly stop: () => void
}

/** Starts processes; a world is the same in each. */
export function evalWorkers(jobs: number): EvalWorkers {
  const path = new URL('./eval-worker.js', import.meta.url)
  // Answers hold NaN, which JSON would lose.
  const all = Array.from({ length: jobs }, () => fork(path, { serialization: 'advanced' }))
  const idle = [...all]
  return {
    stop: () => {
      for (const child of all) child.kill()
    },
    run: async (task) => {
      const child = idle.pop()
      if (child === undefined) throw new Error('More worlds were asked for than there are processes.')
      const answer = await ask(child, task)
      idle.push(child)
      if ('value' in answer) return answer.value
      const { scenario, seed } = task.world
      throw new WashboardError(`The world of ${scenario} with seed ${seed} was not evaluated: ${answer.error}`, {
        fix: 'Run eval with --jobs 1, so that the error is seen where it happens.',
      })
    },
  }
}

function ask(child: ChildProcess, task: WorkerTask): Promise<WorkerAnswer> {
  return new Promise((resolve) => {
    const answered = (answer: WorkerAnswer) => {
      child.off('message', answered)
      child.off('exit', ended)
      resolve(answer)
    }
    const ended = (code: number | null) => answered({ error: `its process ended with ${code ?? 'a signal'}.` })
    child.on('message', answered)
    child.on('exit', ended)
    child.send(task, (error) => error !== null && answered({ error: error.message }))
  })
}

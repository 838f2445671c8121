import { SourceError } from '../source.ts'
import type { RpcClient } from './client.ts'
import { RpcError } from './failure.ts'

const CUT: readonly string[] = ['range', 'size', 'timeout']
const WAIT: readonly string[] = ['rate', 'unavailable', 'head-lag', 'malformed']

/** Whether a smaller question may be answered. */
export function isTooMuch(error: unknown): error is RpcError {
  return error instanceof RpcError && CUT.includes(error.kind)
}

/**
 * What a node says where it does not serve a method, or not for these blocks; null where the call failed for another
 * reason. Providers word a refusal in too many ways to list, so it is whatever neither patience nor a smaller question mends.
 */
export function refusalOf(error: unknown): string | null {
  if (error instanceof NotServedError) return error.shortMessage
  if (!(error instanceof RpcError) || CUT.includes(error.kind) || WAIT.includes(error.kind)) return null
  return saidBy(error)
}

/** The provider's words, as one line. */
export function saidBy(error: RpcError): string {
  return error.failure.words
}

/** Asks in one go, and in halves where the answer is too large for that. */
export async function askInParts(
  client: RpcClient,
  method: string,
  params: readonly (readonly unknown[])[],
  /** Checks one answer, whichever it is of. */
  read: (answer: unknown) => unknown = (answer) => answer,
): Promise<unknown[]> {
  if (params.length === 0) return []
  try {
    return await client.ask(method, params, (answer) => read(answer))
  } catch (error) {
    if (!isTooMuch(error) || params.length === 1) throw error
    const middle = Math.ceil(params.length / 2)
    const left = await askInParts(client, method, params.slice(0, middle), read)
    return left.concat(await askInParts(client, method, params.slice(middle), read))
  }
}

/** The node knows the method and cannot use it here: the state of old blocks is gone, for one. */
export class NotServedError extends SourceError {
  override readonly name = 'NotServedError'
}

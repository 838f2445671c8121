import { RpcError } from './failure.ts'
import { classOf } from './failure-table.ts'
import type { Node } from './node.ts'

/** A node with its health: after a failure that another node may not have, it rests for a while. */
export type Member = {
  readonly node: Node
  restUntil: number
  failures: number
  admitted: Promise<void> | undefined
}

export type NodePool = {
  /** Asks one node after the other, the healthy first, until one answers. `last`: from the other end. */
  ask<value>(question: (member: Member) => Promise<value>, from?: 'first' | 'last'): Promise<value>
  first(): Member
  /** Every node has to pass `admit` once more. */
  admitAgain(): void
}

const FIRST_REST_MS = 5_000
const LONGEST_REST_MS = 300_000

export function nodePool(chain: string, nodes: readonly Node[], admit: (member: Member) => Promise<void>): NodePool {
  const members = nodes.map((node): Member => ({ node, restUntil: 0, failures: 0, admitted: undefined }))

  /** Those that rest come last, whichever end the others are asked from. */
  function inOrder(from: 'first' | 'last' = 'first'): Member[] {
    const now = Date.now()
    const rest = (member: Member) => (member.restUntil > now ? member.restUntil : 0)
    const all = from === 'first' ? members : members.toReversed()
    return [...all].sort((a, b) => rest(a) - rest(b))
  }

  async function answerOf<value>(member: Member, question: (member: Member) => Promise<value>): Promise<value> {
    member.admitted ??= admit(member)
    try {
      await member.admitted
    } catch (error) {
      member.admitted = undefined
      throw error
    }
    return question(member)
  }

  async function ask<value>(question: (member: Member) => Promise<value>, from: 'first' | 'last' = 'first') {
    const order = inOrder(from)
    const failures: RpcError[] = []
    for (const member of order) {
      try {
        const value = await answerOf(member, question)
        member.failures = 0
        return value
      } catch (error) {
        if (!(error instanceof RpcError) || !classOf(error.kind).elsewhere) throw error
        failures.push(error)
        // A question that is too large, or not served, says nothing about the health of the node.
        if (order.length === 1 || ['narrow', 'stop'].includes(classOf(error.kind).remedy)) continue
        member.failures += 1
        member.restUntil = Date.now() + Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (member.failures - 1))
      }
    }
    throw failures.length === 1 ? failures[0]! : allFailed(chain, failures)
  }

  return {
    ask,
    first: () => inOrder()[0]!,
    admitAgain() {
      for (const member of members) member.admitted = undefined
    },
  }
}

/** Told as the failure that asking for less may mend, where there is one. */
function allFailed(chain: string, failures: readonly RpcError[]): RpcError {
  const main = failures.find(({ kind }) => classOf(kind).remedy === 'narrow') ?? failures.at(-1)!
  const words = failures.map(({ failure, kind }, i) => `endpoint ${i + 1}: ${failure.words || kind}`).join('; ')
  return new RpcError(chain, main.method, { ...main.failure, words, retryAfterMs: null })
}

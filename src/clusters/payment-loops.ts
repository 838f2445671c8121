import { COHORT_LEAST, groupsOf, ONE_PERSON } from './trait-groups.ts'

export type PaymentLoops = {
  /** The wallet through which the takings of its main payee reached each party again, −1 without one. */
  readonly loop: Int32Array
  /** How many payees' takings reach each wallet, and of how many payees it is known where they go. */
  readonly reaching: ReadonlyMap<number, number>
  readonly payees: number
}

/**
 * Follows the takings of each payee over two wallets: from the payee itself to where they come back to who paid. Exchanges
 * take in from some and pay out to others: few of those whose money they are pay any one payee.
 */
export function paymentLoops(options: {
  readonly mainPayee: Int32Array
  readonly payees: ReadonlySet<number>
  /** Where the last tokens of each wallet went. */
  readonly exit: Int32Array
  /** Whether a wallet sent a party money again, after the party had paid. */
  readonly isBack: (party: number, wallet: number) => boolean
  /** From whom parties have their money. */
  readonly sources: readonly Int32Array[]
}): PaymentLoops {
  const { mainPayee, payees, exit, isBack, sources } = options
  const routeOf = (payee: number) => {
    const first = exit[payee]!
    const second = first === -1 ? -1 : exit[first]!
    return new Set([payee, first, second].filter((one) => one !== -1))
  }
  const reaching = new Map<number, number>()
  for (const payee of payees) for (const one of routeOf(payee)) reaching.set(one, (reaching.get(one) ?? 0) + 1)
  const loop = mainPayee.map((payee, party) => {
    if (payee === -1) return -1
    return [...routeOf(payee)].find((one) => isBack(party, one)) ?? -1
  })
  const counts = sources.map((source) => groupsOf(source).count)
  for (const [through, members] of groupsOf(loop).members) {
    const all = Math.max(...counts.map((count) => count.get(through) ?? 0))
    const paying = groupsOf(Int32Array.from(members, (member) => mainPayee[member]!)).count
    for (const member of members)
      if (all >= COHORT_LEAST && paying.get(mainPayee[member]!)! < ONE_PERSON * all) loop[member] = -1
  }
  return { loop, reaching, payees: [...payees].filter((payee) => exit[payee] !== -1).length }
}

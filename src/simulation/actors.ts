import { createHash } from 'node:crypto'

/** Number of a wallet. */
export type Actor = number

export type Actors = ReturnType<typeof nameActors>

/** Wallets by name. Their addresses depend on the seed and the name alone. */
export function nameActors(seed: number) {
  const numbers = new Map<string, Actor>()
  const addresses: string[] = []
  const owners: string[] = []
  const add = (name: string, address: () => string, owner: string): Actor => {
    const known = numbers.get(name)
    if (known !== undefined) return known
    numbers.set(name, addresses.length)
    owners.push(owner)
    return addresses.push(address()) - 1
  }
  return {
    addresses,
    owners,
    /** The wallet of that name; its owner is told when it is first named, and else is itself. */
    wallet: (name: string, owner = name): Actor => add(name, () => hashOf(seed, `wallet ${name}`).slice(0, 42), owner),
    /** An actor that goes by its name, as an employee does. */
    actor: (name: string): Actor => add(name, () => name, name),
    address: (actor: Actor): string => addresses[actor] as string,
    owner: (actor: Actor): string => owners[actor] as string,
  }
}

export function hashOf(seed: number, name: string): string {
  return `0x${createHash('sha256').update(`${seed} ${name}`).digest('hex')}`
}

/** Names of services, adversaries and classes by number; −1: none. */
export function numberNames() {
  const numbers = new Map<string, number>()
  const all: string[] = []
  return {
    all,
    of(name: string | undefined): number {
      if (name === undefined) return -1
      const known = numbers.get(name)
      if (known !== undefined) return known
      numbers.set(name, all.length)
      return all.push(name) - 1
    },
  }
}

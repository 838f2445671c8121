import { readFileSync } from 'node:fs'
import { type AbiEvent, toEventSelector } from 'viem'
import { toEventSignature } from 'viem/utils'

type Known = { readonly signature: string; readonly indexed: number; readonly topic0: string }

/** Files of `abis/` with the events that their source has, from `test/fixtures/<network>-topics.json`. */
export function knownTopics(network: string): readonly (readonly [string, readonly Known[]])[] {
  const path = new URL(`../fixtures/${network}-topics.json`, import.meta.url)
  const fixture: { readonly topics: { readonly [file: string]: readonly Known[] } } = JSON.parse(
    readFileSync(path, 'utf8'),
  )
  return Object.entries(fixture.topics).map(([file, events]) => [file, inOrder(events)] as const)
}

/** The events of a file of `abis/` in the same shape. */
export async function topicsOf(file: string): Promise<readonly Known[]> {
  const module = await import(new URL(`../../abis/${file}.ts`, import.meta.url).href)
  const [abi] = Object.values(module) as [readonly AbiEvent[]]
  return inOrder(
    abi.map((event) => ({
      signature: toEventSignature(event),
      indexed: event.inputs.filter(({ indexed }) => indexed).length,
      topic0: toEventSelector(event),
    })),
  )
}

function inOrder(events: readonly Known[]): readonly Known[] {
  const key = ({ signature, indexed }: Known) => `${signature}${indexed}`
  return [...events].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

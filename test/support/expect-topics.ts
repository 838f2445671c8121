import { readFileSync } from 'node:fs'
import { type AbiEvent, toEventSelector } from 'viem'
import { toEventSignature } from 'viem/utils'
import { expect, it } from 'vitest'

type Known = { readonly signature: string; readonly indexed: number; readonly topic0: string }

/** One test for each ABI of `test/fixtures/<network>-topics.json`: it has those events, and no others. */
export function expectTopics(network: string): void {
  const text = readFileSync(new URL(`../fixtures/${network}-topics.json`, import.meta.url), 'utf8')
  const { topics } = JSON.parse(text) as { readonly topics: { readonly [file: string]: readonly Known[] } }
  it.each(Object.entries(topics))('%s has the topics of its source', async (file, known) => {
    const module = await import(new URL(`../../abis/${file}.ts`, import.meta.url).href)
    const [abi] = Object.values(module) as [readonly AbiEvent[]]
    const ours = abi.map((event) => ({
      signature: toEventSignature(event),
      indexed: event.inputs.filter(({ indexed }) => indexed).length,
      topic0: toEventSelector(event),
    }))
    const order = (a: Known, b: Known) => `${a.signature}${a.indexed}`.localeCompare(`${b.signature}${b.indexed}`)
    expect(ours.sort(order)).toEqual([...known].sort(order))
  })
}

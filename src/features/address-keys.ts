import { economy } from './economy.ts'
import { defineFeature } from './feature.ts'

/** First four and last three hexadecimal digits of an address: what people look at, and what vanity generators are asked for. */
export const PREFIXES = 16 ** 4
export const SUFFIXES = 16 ** 3

const EVM = /0x([0-9a-f]{4})[0-9a-f]{33}([0-9a-f]{3})$/

/** By wallet, prefix × 16³ + suffix of its address; −1: not the address of an EVM chain, whose ids are uniform hashes. */
export const addressKeys = defineFeature({
  id: 'address-keys',
  reads: ['usage_events', 'transfers'],
  derived: true,
  async compute({ get }): Promise<Int32Array> {
    const { names } = await get(economy)
    return Int32Array.from(names, (name) => {
      const [, prefix, suffix] = EVM.exec(name) ?? []
      return prefix === undefined || suffix === undefined
        ? -1
        : Number.parseInt(prefix, 16) * SUFFIXES + Number.parseInt(suffix, 16)
    })
  },
})

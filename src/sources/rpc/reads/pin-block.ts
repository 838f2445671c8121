import { type Hex, isHex, keccak256 } from 'viem'
import { type Block, otherHash, wrongShape } from '../answers.ts'
import { refusalOf } from '../ask.ts'
import { hex, type RpcClient } from '../client.ts'

/** The block at which calls are made. */
export type PinnedBlock = {
  /** How a call names it: by its hash, or by its number where the node takes no hashes. */
  readonly at: unknown
  /** Whether the contract that answers many calls in one stands there, by the hash of its code. */
  readonly hasMulticall: boolean
  /** Fails where another block has taken its place since. */
  check(): Promise<void>
}

export const MULTICALL_ADDRESS = '0xca11bde05977b3631167028862be2a173976ca11'
/** Keccak-256 of the runtime code of Multicall3 as deployed; the same on all chains that run EVM code. */
export const MULTICALL_HASH = '0xd5c15df687b16f2ff992fc8d767b4216323184a2bbc6ee2f9c398c318e770891'

/** Finds out by one call whether the node takes the hash of a block, and whether Multicall3 stands at that block. */
export async function pinBlock(client: RpcClient, block: Block, multicallHash: string): Promise<PinnedBlock> {
  await client.chainId()
  const byHash = { blockHash: block.hash, requireCanonical: true }
  try {
    return { at: byHash, hasMulticall: await hasCode(client, byHash, multicallHash), check: async () => undefined }
  } catch (error) {
    if (refusalOf(error) === null) throw error
  }
  const check = async () => {
    const { hash } = await client.getBlock(block.number)
    if (hash !== block.hash) throw otherHash(client.chain, block.number, block.hash, hash)
  }
  await check()
  const at = hex(block.number)
  return { at, hasMulticall: await hasCode(client, at, multicallHash), check }
}

async function hasCode(client: RpcClient, at: unknown, multicallHash: string): Promise<boolean> {
  const [code] = await client.ask('eth_getCode', [[MULTICALL_ADDRESS, at]])
  if (!isHex(code)) throw wrongShape(client.chain, 'eth_getCode', 'code', code)
  return code !== '0x' && keccak256(code as Hex) === multicallHash
}

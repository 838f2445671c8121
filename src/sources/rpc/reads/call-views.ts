import { decodeFunctionResult, encodeFunctionData, type Hex, isHex } from 'viem'
import { multicall3 } from '../../../../abis/multicall3.ts'
import { wrongShape } from '../answers.ts'
import { isTooMuch, refusalOf, saidBy } from '../ask.ts'
import type { RpcClient } from '../client.ts'
import { RpcError } from '../failure.ts'
import { groupsOf } from '../want.ts'
import { MULTICALL_ADDRESS, type PinnedBlock } from './pin-block.ts'

export type ViewCall = { readonly to: Hex; readonly data: Hex }

/** What a call gave: data, or the words with which it was reverted. */
export type ViewAnswer = { readonly data: Hex } | { readonly reverted: string }

const CALLS_IN_ONE = 100
const CALLS_A_BATCH = 50

/** Calls views at one block; the answers come in the order of the calls. */
export async function callViews(
  client: RpcClient,
  block: PinnedBlock,
  calls: readonly ViewCall[],
): Promise<ViewAnswer[]> {
  const [size, ask] = block.hasMulticall ? [CALLS_IN_ONE, callTogether] : [CALLS_A_BATCH, callEach]
  const answers = await Promise.all(groupsOf(calls, size).map((group) => ask(client, block, group)))
  return answers.flat()
}

/**
 * One call for all of them. What fails inside is asked again alone before it counts: a neighbour can use up the gas that
 * all share.
 */
async function callTogether(client: RpcClient, block: PinnedBlock, calls: readonly ViewCall[]): Promise<ViewAnswer[]> {
  const results = await aggregated(client, block, calls).catch((error: unknown) => {
    if (isTooMuch(error) || refusalOf(error) !== null || isRevert(error)) return null
    throw error
  })
  if (results === null) return inHalves(callTogether, client, block, calls)
  const again = calls.filter((_, i) => !results[i]!.success)
  const alone = (await Promise.all(again.map((call) => callEach(client, block, [call])))).flat()
  return results.map(({ success, returnData }) => (success ? { data: returnData } : alone.shift()!))
}

async function aggregated(client: RpcClient, { at }: PinnedBlock, calls: readonly ViewCall[]) {
  const asked = calls.map(({ to, data }) => ({ target: to, allowFailure: true, callData: data }))
  const data = encodeFunctionData({ abi: multicall3, functionName: 'aggregate3', args: [asked] })
  const [answer] = await client.ask('eth_call', [[{ to: MULTICALL_ADDRESS, data }, at]])
  if (!isHex(answer)) throw wrongShape(client.chain, 'eth_call', 'data', answer)
  const results = decodeFunctionResult({ abi: multicall3, functionName: 'aggregate3', data: answer })
  if (results.length !== calls.length)
    throw wrongShape(client.chain, 'eth_call', `the results of ${calls.length} calls`, answer)
  return results
}

/** A batch of calls. One that is reverted fails the batch, so it is looked for by halves. */
async function callEach(client: RpcClient, block: PinnedBlock, calls: readonly ViewCall[]): Promise<ViewAnswer[]> {
  try {
    const answers = await client.ask(
      'eth_call',
      calls.map((call) => [call, block.at]),
    )
    return answers.map((answer) => {
      if (!isHex(answer)) throw wrongShape(client.chain, 'eth_call', 'data', answer)
      return { data: answer }
    })
  } catch (error) {
    const reverted = isRevert(error)
    if (calls.length === 1) {
      if (reverted) return [{ reverted: saidBy(error) }]
      throw error
    }
    if (!reverted && !isTooMuch(error)) throw error
    return inHalves(callEach, client, block, calls)
  }
}

async function inHalves(
  ask: typeof callEach,
  client: RpcClient,
  block: PinnedBlock,
  calls: readonly ViewCall[],
): Promise<ViewAnswer[]> {
  if (calls.length === 1) return callEach(client, block, calls)
  const middle = Math.ceil(calls.length / 2)
  const left = await ask(client, block, calls.slice(0, middle))
  return left.concat(await ask(client, block, calls.slice(middle)))
}

const REVERT = /revert|invalid opcode|InvalidFEOpcode|out of gas|OutOfGas|stack (under|over)flow|bad jump|EVM error/i

/** Whether the contract, not the node, made the call fail. What a contract says is its own choice, whatever it sounds like. */
function isRevert(error: unknown): error is RpcError {
  return error instanceof RpcError && REVERT.test(saidBy(error))
}

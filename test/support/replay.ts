import { encodeFunctionData, type Hex, numberToHex } from 'viem'
import type { Facts } from '../../src/records/index.ts'
import type { Payment } from '../../src/records/payment.ts'
import type { Transfer } from '../../src/records/transfer.ts'
import { type Anvil, artifacts, type Contract } from './anvil.ts'
import { createMech, finalHead, requestId, startMarket } from './olas-chain.ts'

type Chain = Awaited<ReturnType<typeof startMarket>> & { readonly mechs: ReadonlyMap<string, Contract> }

/**
 * Plays a market on a test chain: every payment is a request to a mech of its payee and the delivery of that, every
 * transfer one of the token or of the chain's own currency, in blocks whose times are those of the market, shifted by
 * `shift` ms. Refunds and rewards are not played: the marketplace logs neither.
 */
export async function replay({ transfers = [], payments = [] }: Facts) {
  const market = await startMarket({ states: 4096 })
  const { anvil, token } = market
  const mechs = new Map<string, Contract>()
  for (const payee of new Set(payments.map(({ to }) => to as string)))
    mechs.set(payee, await createMech(market, mechs.size + 1))
  await endow(anvil, token, transfers)
  const paid = new Map(payments.map((payment, i) => [payment.tx_hash, { ...payment, id: i + 1 }]))
  await anvil.client.setAutomine(false)
  const now = Number((await anvil.client.getBlock()).timestamp) * 1000
  const shift = now + 60_000 - Math.min(...transfers.map(({ timestamp }) => timestamp as number))
  for (const [time, block] of byTime(transfers)) {
    for (const move of block) {
      await sendMove(anvil, token, move)
      const payment = paid.get(move.tx_hash)
      if (payment !== undefined) await sendPayment({ ...market, mechs }, payment)
    }
    await call(anvil, 'evm_setNextBlockTimestamp', [(time + shift) / 1000])
    await call(anvil, 'evm_mine', [])
  }
  await anvil.client.setAutomine(true)
  return { ...market, shift, head: await finalHead(anvil) }
}

/** Whoever spends more of the token than comes in has it from the start, as has everybody the currency for gas. */
async function endow(anvil: Anvil, token: Contract, transfers: readonly Transfer[]): Promise<void> {
  const lacking = new Map<string, bigint>()
  const balances = new Map<string, bigint>()
  for (const { from, to, amount, kind } of [...byTime(transfers).values()].flat()) {
    if (kind === 'native') continue
    const left = (balances.get(from) ?? 0n) - (amount as bigint)
    if (left < 0n) lacking.set(from, (lacking.get(from) ?? 0n) - left)
    balances.set(from, left < 0n ? 0n : left)
    balances.set(to, (balances.get(to) ?? 0n) + (amount as bigint))
  }
  for (const [wallet, amount] of lacking) await anvil.send(token, 'mint', [wallet, amount])
  await call(anvil, 'anvil_autoImpersonateAccount', [true])
  const senders = new Set(transfers.filter(({ kind }) => kind === 'native').map(({ from }) => from))
  for (const address of senders) await anvil.client.setBalance({ address: address as Hex, value: 10n ** 24n })
}

/** `moveMany` is the way of the test token to move what another wallet holds. */
function sendMove(anvil: Anvil, token: Contract, { from, to, amount, kind }: Transfer): Promise<void> {
  if (kind === 'native') return submit(anvil, { from, to, value: numberToHex(amount as bigint) })
  return submitCall(anvil, token, 'moveMany', [[from], [to], [amount]])
}

async function sendPayment(
  { anvil, marketplace, tracker, mechs }: Chain,
  { id, from, to, amount }: Payment & { readonly id: number },
): Promise<void> {
  const mech = mechs.get(to as string)?.address
  const ids = [requestId(id)]
  await submitCall(anvil, marketplace, 'request', [mech, tracker.address, from, ids, [requestId(id * 1000)]])
  await submitCall(anvil, marketplace, 'deliver', [mech, tracker.address, to, [from], ids, [true], amount])
}

function submitCall(anvil: Anvil, { name, address }: Contract, functionName: string, args: readonly unknown[]) {
  const data = encodeFunctionData({ abi: artifacts[name]!.abi, functionName, args })
  return submit(anvil, { from: anvil.account, to: address, data })
}

/** Into the next block, whenever that is mined. */
async function submit(
  anvil: Anvil,
  transaction: { readonly from: string; readonly to: string; readonly value?: Hex; readonly data?: Hex },
): Promise<void> {
  await call(anvil, 'eth_sendTransaction', [{ gas: numberToHex(1_000_000), ...transaction }])
}

function call(anvil: Anvil, method: string, params: readonly unknown[]): Promise<unknown> {
  return anvil.client.request({ method, params } as never)
}

/** Moves of each moment, the first moment first. */
function byTime(transfers: readonly Transfer[]): Map<number, Transfer[]> {
  const found = new Map<number, Transfer[]>()
  for (const move of [...transfers].sort((a, b) => (a.timestamp as number) - (b.timestamp as number)))
    found.set(move.timestamp as number, [...(found.get(move.timestamp as number) ?? []), move])
  return found
}

import { describe, expect, it } from 'vitest'
import { selfPayment } from '../../src/signals/self-payment.ts'
import type { Signal } from '../../src/signals/signal.ts'
import { valueReturn } from '../../src/signals/value-return.ts'
import { marketOf } from '../../src/simulation/index.ts'
import { measureSignal } from '../support/measure-signal.ts'
import { type PlainMove, scenarioOf } from '../support/simulated.ts'
import { marked } from '../support/test-signal.ts'

const share = 0.2
const isTransfer = ({ kind }: PlainMove) => kind === 'erc20' || kind === 'bridge'

/** The scenario with the wash payments of its first operator, and what goes between wallets and services of that one. */
function operatorOf(scenario: string, n = 0) {
  const found = scenarioOf({ scenario, share })
  const name = `${scenario} operator ${n}`
  const owns = (wallet: number) => found.owner(wallet) === name
  const washes = found.purchases.filter(({ from, level }) => owns(from) && level !== 'none')
  expect(washes.length).toBeGreaterThan(20)
  return { ...found, name, owns, washes, payers: new Set(washes.map(({ from }) => from)) }
}

const gaps = (times: readonly number[]) => times.slice(1).map((time, i) => time - times[i]!)

describe('what the certificates say of the adversaries', () => {
  it.each(['A0', 'mixed'])('every W0 payment of %s is a self-payment, and no other is', async (scenario) => {
    const { facts, truth } = marketOf(scenarioOf({ scenario, share: 0.5 }).recording)
    const planted = [...truth.payments].filter(([, { level }]) => level === 'W0').map(([id]) => id)
    expect(planted.length).toBeGreaterThan(50)
    expect(marked(await measureSignal(selfPayment as unknown as Signal, facts))).toEqual(planted.sort())
  })

  it('value that came straight back is certified of A0 and A10, and nothing of those who hide it', async () => {
    const certified = async (scenario: string) => {
      const { facts, truth } = marketOf(scenarioOf({ scenario, share }).recording)
      const found = marked(await measureSignal(valueReturn as unknown as Signal, facts))
      const planted = new Set([...truth.payments].filter(([, { level }]) => level === 'W1').map(([id]) => id))
      // Honest payments may be among them, and the certificate says so; here only the adversary's are looked at.
      const own = found.filter((id) => truth.payments.get(id)?.adversary === scenario)
      return { own: own.length, missed: [...planted].filter((id) => !own.includes(id)).length }
    }
    for (const scenario of ['A0', 'A10']) expect(await certified(scenario)).toMatchObject({ missed: 0 })
    for (const scenario of ['A1', 'A2', 'A3', 'A6', 'A8']) expect(await certified(scenario)).toMatchObject({ own: 0 })
  })
})

describe('A1', () => {
  it('pays on one beat, asks the same, and has one funder for everybody', () => {
    const { washes, moves, payers } = operatorOf('A1')
    const between = gaps(washes.map(({ at }) => at))
    expect(Math.max(...between) - Math.min(...between)).toBeLessThan(10 / 86_400)
    expect(new Set(washes.map(({ payload }) => payload)).size).toBe(1)
    const funders = moves.filter(({ kind, to }) => kind === 'native' && payers.has(to)).map(({ from }) => from)
    expect(funders.length).toBe(payers.size)
    expect(new Set(funders).size).toBe(1)
  })
})

describe('A2', () => {
  it('has no funder of many, and sends what it took to the root and down again', () => {
    const { washes, moves, payers, owns } = operatorOf('A2')
    const funded = new Map<number, number>()
    for (const { kind, from, to } of moves)
      if (kind === 'native' && payers.has(to)) funded.set(from, (funded.get(from) ?? 0) + 1)
    expect(Math.max(...funded.values())).toBeLessThanOrEqual(6)
    expect(funded.size).toBe(5)
    const payee = washes[0]!.to
    expect(moves.some(({ kind, from, to }) => kind === 'erc20' && from === payee && payers.has(to))).toBe(false)
    const back = moves.filter(({ kind, from, to }) => kind === 'erc20' && from === payee && owns(to))
    const sum = (list: readonly PlainMove[]) => list.reduce((all, { amount }) => all + amount, 0n)
    expect(sum(back)).toBe(sum(washes))
  })
})

describe('A3', () => {
  it('is funded by an exchange alone, which gets back what the service took, and asks anew each time', () => {
    const { washes, moves, payers, owner, owns } = operatorOf('A3')
    const into = moves.filter((move) => (isTransfer(move) || move.kind === 'native') && payers.has(move.to))
    expect(new Set(into.map(({ from }) => owner(from)))).toEqual(new Set([owner(into[0]!.from)]))
    expect(owner(into[0]!.from)).toMatch(/^exchange/)
    const out = moves.filter((move) => isTransfer(move) && owns(move.from) && !owns(move.to))
    expect(new Set(out.map(({ to }) => owner(to)))).toEqual(new Set([owner(into[0]!.from)]))
    const [paid, gone] = [washes, out].map((list) => Number(list.reduce((sum, { amount }) => sum + amount, 0n)))
    expect(gone! / paid!).toBeCloseTo(0.999, 6)
    expect(washes.every(({ payload }) => payload === -1)).toBe(true)
    // Each cash-out but the last is followed by withdrawals to the puppets within three days of the next round.
    const refuels = into.filter(({ kind }) => kind === 'erc20').map(({ at }) => at)
    for (const { at } of out.slice(0, -1)) expect(refuels.some((time) => Math.abs(time - at) < 3)).toBe(true)
  })
})

describe('A4', () => {
  it('hides behind 20 to 60 % of payments to strangers, at their price', () => {
    const { purchases } = scenarioOf({ scenario: 'A4', share })
    const own = purchases.filter(({ adversary }) => adversary === 'A4')
    const hidden = own.filter(({ level }) => level === 'none')
    expect(hidden.length / own.length).toBeGreaterThan(0.19)
    expect(hidden.length / own.length).toBeLessThan(0.61)
    expect(new Set(hidden.map(({ to }) => to)).size).toBeGreaterThan(5)
  })
})

describe('A5', () => {
  it('pays honest services, the same again and again, until the rewards stop, and sweeps into one wallet', () => {
    const { washes, moves, payers, owner, owns } = operatorOf('A5')
    const services = new Set(washes.map(({ to }) => owner(to)))
    for (const service of services) expect(service).toMatch(/^service \d+$/)
    expect(new Set(washes.map(({ payload }) => payload)).size).toBe(1)
    expect(Math.max(...washes.map(({ at }) => at))).toBeLessThan(0.7 * 90)
    const swept = moves.filter(({ kind, from, to }) => kind === 'erc20' && payers.has(from) && owns(to))
    expect(new Set(swept.map(({ to }) => to)).size).toBe(1)
    expect(new Set(swept.map(({ from }) => from)).size).toBeGreaterThan(payers.size / 2)
  })
})

describe('A6', () => {
  it('lets what it took wait for 7 to 60 days before the puppets have it again', () => {
    const { moves, payers, owns } = operatorOf('A6')
    const escrows = new Set(
      moves.filter(({ kind, from, to }) => kind === 'erc20' && owns(from) && payers.has(to)).map(({ from }) => from),
    )
    expect(escrows.size).toBe(1)
    const [escrow] = [...escrows]
    const filled = moves.filter(({ kind, to }) => kind === 'erc20' && to === escrow).map(({ at }) => at)
    const emptied = moves.filter(({ kind, from }) => kind === 'erc20' && from === escrow).map(({ at }) => at)
    expect(emptied.length).toBeGreaterThan(5)
    for (const at of emptied) {
      expect(filled.some((time) => at - time >= 7 && at - time <= 91)).toBe(true)
      expect(at).toBeGreaterThan(filled[0]! + 7)
    }
  })
})

describe('A7', () => {
  it('lives the lives of honest customers again: hours, sizes and prices', () => {
    const { washes, purchases, payers, moves } = operatorOf('A7')
    const honest = new Set(
      purchases
        .filter(({ adversary, control }) => adversary === null && control === null)
        .map(({ at, amount, units }) => `${Math.round((at % 1) * 43_200)} ${amount} ${units}`),
    )
    const same = washes.filter(({ at, amount, units }) =>
      honest.has(`${Math.round((at % 1) * 43_200)} ${amount} ${units}`),
    )
    // The payment with which the budget ends is smaller than its model.
    expect(same.length).toBeGreaterThanOrEqual(washes.length - 2)
    expect(payers.size).toBeGreaterThan(3)
    const funders = moves.filter((move) => isTransfer(move) && payers.has(move.to)).map(({ from }) => from)
    expect(funders.length).toBe(payers.size)
    expect(new Set(funders).size).toBeGreaterThan(1)
    expect(new Set(washes.map(({ to }) => to)).size).toBe(1)
  })
})

describe('A8', () => {
  it('has few wallets an operator, many operators, and its money from another chain', () => {
    const { moves, payers, purchases, owner, owns } = operatorOf('A8')
    expect(payers.size).toBeGreaterThanOrEqual(3)
    expect(payers.size).toBeLessThan(8)
    const operators = new Set(purchases.filter(({ level }) => level !== 'none').map(({ from }) => owner(from)))
    expect(operators.size).toBeGreaterThan(10)
    const into = moves.filter((move) => isTransfer(move) && payers.has(move.to))
    expect(new Set(into.map(({ kind }) => kind))).toEqual(new Set(['bridge']))
    const sent = moves.filter(({ chain, from }) => chain === 1 && owns(from))
    const sum = (list: readonly PlainMove[]) => list.reduce((all, { amount }) => all + amount, 0n)
    expect(sum(sent)).toBe(sum(into))
  })
})

describe('A10', () => {
  it('sends gas and money to honest customers, who stay honest and are told apart', () => {
    const { moves, owns, owner, purchases } = operatorOf('A10')
    const gifts = moves.filter(
      ({ kind, from, to }) => (kind === 'erc20' || kind === 'native') && owns(from) && !owns(to),
    )
    const framed = new Set(gifts.filter(({ to }) => /^consumer/.test(owner(to))).map(({ to }) => to))
    expect(framed.size).toBeGreaterThan(20)
    const theirs = purchases.filter(({ from }) => framed.has(from))
    expect(theirs.length).toBeGreaterThan(20)
    for (const { level, control } of theirs) expect([level, control]).toEqual(['none', 'framed'])
  })
})

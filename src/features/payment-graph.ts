import { buildCsr, type Csr } from '../graph/csr.ts'
import { economy } from './economy.ts'
import { defineFeature } from './feature.ts'

/** Which party paid which how often, over the nodes of the economy. */
export type PaymentGraph = Csr<Int32Array>

export const paymentGraph = defineFeature({
  id: 'payment-graph',
  reads: ['usage_events', 'transfers'],
  async compute({ get }): Promise<PaymentGraph> {
    const { payments, parties } = await get(economy)
    return paymentEdges(payments.payer, payments.payee, parties)
  },
})

/** One edge for each payer and payee, with the number of payments; a party that is not known (−1) has none. */
export function paymentEdges(payer: Int32Array, payee: Int32Array, parties: number): PaymentGraph {
  const keys = Float64Array.from(payer, (from, i) => (from === -1 || payee[i] === -1 ? -1 : from * parties + payee[i]!))
  keys.sort()
  const [from, to, count] = [new Int32Array(keys.length), new Int32Array(keys.length), new Int32Array(keys.length)]
  let edges = 0
  keys.forEach((key, i) => {
    if (key === -1) return
    if (key !== keys[i - 1]) {
      from[edges] = Math.floor(key / parties)
      to[edges++] = key % parties
    }
    count[edges - 1]! += 1
  })
  return buildCsr(parties, from.subarray(0, edges), to.subarray(0, edges), count.subarray(0, edges))
}

import { buildCsr, type Csr } from '../graph/csr.ts'
import { countedUsage } from './counted-usage.ts'
import { defineFeature } from './feature.ts'

/** Who paid whom how often, as a graph of wallets; names in the order of their numbers. */
export type PaymentGraph = { readonly graph: Csr<Int32Array>; readonly wallets: readonly string[] }

export const paymentGraph = defineFeature({
  id: 'payment-graph',
  reads: ['usage_events'],
  async compute({ ledger, get }): Promise<PaymentGraph> {
    await get(countedUsage)
    const edges = await ledger.columns('payment-edges')
    const wallets = (await ledger.rows('payment-wallets')).map((row) => String(row.wallet))
    const graph = buildCsr(
      wallets.length,
      edges.payer_index as Int32Array,
      edges.payee_index as Int32Array,
      edges.payments as Int32Array,
    )
    return { graph, wallets }
  },
})

import { describe, expect, it } from 'vitest'
import { protocolDetails, protocolSummary } from '../../src/cli/protocol-text.ts'
import { protocols } from '../../src/protocols/index.ts'
import type { AnyProtocol } from '../../src/protocols/protocol.ts'

const networks: readonly AnyProtocol[] = protocols

describe.each(networks.map((network) => [network.id, network] as const))('%s', (_, network) => {
  const { about, metric, deployments, programmes = [] } = network

  it('is listed with its row, parties, metric, what cannot be known and its traps', () => {
    const text = protocolSummary(network)
    const said = [about.row, about.consumer, about.provider, about.price, ...about.unavailable, ...about.traps]
    for (const one of [...said, ...metric.statuses, metric.time]) expect(text).toContain(one)
    expect(text).toMatch(/\d+ not verified/)
  })

  it('is told in full with every contract, its verification and every programme', () => {
    const text = protocolDetails(network)
    for (const { address, verified, source } of deployments)
      expect(text).toMatch(new RegExp(`${address} .*, ${verified ? '' : 'not '}verified: ${escaped(source)}`))
    for (const { programme, url } of programmes)
      expect(text).toMatch(new RegExp(`${escaped(programme)}: .*${escaped(url)}`))
    for (const trap of about.traps) expect(text).toContain(`  ${trap}`)
  })
})

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

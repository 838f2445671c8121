import type { Abi, AbiEvent } from 'viem'
import { toEventSelector } from 'viem'
import { ConfigError } from '../../errors.ts'
import type { Anchor, Protocol } from '../../protocols/protocol.ts'
import type { LogFilter } from './answers.ts'
import type { ContractMap } from './protocol-contracts.ts'
import { filtersOf, groupsOf, VALUES_A_CALL } from './want.ts'

/** Questions for the logs by which a protocol finds the transactions that are to be read whole. */
export function anchorFilters({ id, contracts: abis, anchors = [] }: Protocol, contracts: ContractMap): LogFilter[] {
  return anchors.flatMap(({ role, event, where }) => {
    const addresses = [...contracts.values()].filter((one) => one.role === role).map(({ address }) => address)
    const events = (abis[role] ?? ([] as Abi)).filter(
      (item): item is AbiEvent => item.type === 'event' && item.name === event,
    )
    if (events.length === 0) throw unknownAnchor(id, { role, event })
    if (addresses.length === 0) return []
    addresses.sort()
    if (where === undefined) return filtersOf(addresses, [events.map((item) => toEventSelector(item)).sort()])
    return events.flatMap((item) => {
      const indexed = item.inputs.filter((input) => input.indexed === true)
      const at = indexed.findIndex(({ name }) => name === where.argument)
      if (at === -1) throw unknownAnchor(id, { role, event: `${event} with ${where.argument} indexed` })
      return groupsOf(where.among.map(wordOf), VALUES_A_CALL).flatMap((values) =>
        filtersOf(addresses, [[toEventSelector(item)], ...Array<null>(at).fill(null), values]),
      )
    })
  })
}

/** An address or number as a topic holds it. */
function wordOf(value: string): string {
  return `0x${value.slice(2).toLowerCase().padStart(64, '0')}`
}

function unknownAnchor(id: string, { role, event }: Anchor): ConfigError {
  return new ConfigError(`${id} is to be found by an event that it does not declare.`, {
    details: [`anchor: ${event} of ${role}`],
    fix: 'Name an event of the ABI under that role, and for `where` one of its indexed arguments.',
  })
}

import type { Command } from 'commander'
import { protocols } from '../protocols/index.ts'
import type { AnyProtocol } from '../protocols/protocol.ts'
import { signals } from '../signals/index.ts'
import { loadProtocol } from './load-protocol.ts'
import { type GlobalOptions, print } from './output.ts'
import { protocolDetails, protocolSummary } from './protocol-text.ts'

export function protocolsCommand(program: Command): void {
  program
    .command('protocols [network]')
    .description(
      'List the networks washboard knows: what a row is, who the parties are, what cannot be known. With a network, all that is declared of it.',
    )
    .addHelpText('after', '\nExample:\n  $ washboard protocols x402')
    .action(async (network: string | undefined, _: unknown, self: Command) => {
      const shown: readonly AnyProtocol[] = network === undefined ? protocols : [await loadProtocol(network)]
      if (self.optsWithGlobals<GlobalOptions>().json) return print(JSON.stringify(shown.map(declared)))
      print(shown.map(network === undefined ? protocolSummary : protocolDetails).join('\n\n'))
    })
}

/** What of a network is plain data. */
function declared(protocol: AnyProtocol) {
  const { id, title, version, deployments, discoveries, anchors, assets, programmes, labels, claims, metric, about } =
    protocol
  return { id, title, version, deployments, discoveries, anchors, assets, programmes, labels, claims, metric, about }
}

export function signalsCommand(program: Command): void {
  program
    .command('signals')
    .description('List the signals: what each claims, against which null, and how it can be wrong.')
    .addHelpText('after', '\nExample:\n  $ washboard signals --json')
    .action((_: unknown, self: Command) => {
      if (self.optsWithGlobals<GlobalOptions>().json)
        return print(
          JSON.stringify(
            signals.map(({ measure: _measure, requires, ...rest }) => ({
              ...rest,
              requires: Object.values(requires).map(({ id }) => id),
            })),
          ),
        )
      print(signals.map(describeSignal).join('\n\n'))
    })
}

function describeSignal(signal: (typeof signals)[number]): string {
  return [
    `${signal.id}  ${signal.title} (${signal.family}, ${signal.status})`,
    `  why           ${signal.why}`,
    `  statistic     ${signal.statistic.definition}`,
    `  null model    ${signal.nullModel.name}: ${signal.nullModel.exchangeable}`,
    `  options       ${
      Object.entries(signal.options)
        .map(([name, value]) => `${name} ${value}`)
        .join(', ') || 'none'
    }`,
    ...signal.falsePositives.map((story) => `  looks alike   ${story.id}: ${story.story} ${story.mitigation}`),
    ...signal.blindSpots.map((spot) => `  cannot see    ${spot}`),
  ].join('\n')
}

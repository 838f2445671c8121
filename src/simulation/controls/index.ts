import { agentChain } from './agent-chain.ts'
import { airdropHunter } from './airdrop-hunter.ts'
import { boutique } from './boutique.ts'
import type { Control } from './control.ts'
import { cron } from './cron.ts'
import { employer } from './employer.ts'
import { eventSpike } from './event-spike.ts'
import { exchangeUser } from './exchange-user.ts'
import { faucetUser } from './faucet-user.ts'
import { gateway } from './gateway.ts'
import { launchTester } from './launch-tester.ts'
import { paymasterApp } from './paymaster-app.ts'
import { providerConsumer } from './provider-consumer.ts'

/** The honest classes that a detector must leave alone, by the name that the truth gives them. */
export const controls: { readonly [name: string]: Control } = {
  'exchange-user': exchangeUser,
  'faucet-user': faucetUser,
  employer,
  gateway,
  cron,
  'agent-chain': agentChain,
  boutique,
  'launch-tester': launchTester,
  'paymaster-app': paymasterApp,
  'event-spike': eventSpike,
  'airdrop-hunter': airdropHunter,
  'provider-consumer': providerConsumer,
}

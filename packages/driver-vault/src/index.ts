import { defineDriver } from '@squall/contract'
import { systemWorld } from './host/system-world.ts'
import { Sessions } from './sessions.ts'
import { vaultResolver } from './vault-resolver.ts'
import type { VaultWorld } from './vault-world.ts'

export type { VaultAnswer, VaultRequest, VaultWorld } from './vault-world.ts'

/** Makes the driver over a world of your choice. */
export const vaultDriver = (world: VaultWorld) => {
  const sessions = new Sessions(world)
  return defineDriver({
    name: 'vault',
    contract: 1,
    summary: 'Secrets from Vault.',
    resolvers: { vault: vaultResolver(sessions) },
    close: () => sessions.close(),
  })
}

export default vaultDriver(systemWorld())

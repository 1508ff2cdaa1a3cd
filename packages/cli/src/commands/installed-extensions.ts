import type { InstalledExtension } from '@squall/contract'
import type { DriverRegistry } from '@squall/core'
import type { CommandContext } from './command-context.ts'
import { discoverersOf } from './discoverers.ts'

/** Extensions of other ecosystems, as each driver that can look into one lists them; sorted by name. */
export async function installedExtensions(
  registry: DriverRegistry,
  context: CommandContext,
): Promise<readonly InstalledExtension[]> {
  const found: InstalledExtension[] = []
  for await (const { discoverer, context: own } of discoverersOf(registry, context))
    found.push(...(await discoverer.list(own)).map((extension) => shortened(extension)))
  return found.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The reference leaves out what every description begins with (spec 21). */
function shortened({ description, ...rest }: InstalledExtension): InstalledExtension {
  return { ...rest, description: description.replace(/^Chaos Toolkit Extension for /i, '') }
}

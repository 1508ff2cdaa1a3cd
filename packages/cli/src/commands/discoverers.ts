import type { Discoverer, DiscovererContext, Log } from '@squall/contract'
import type { DriverRegistry } from '@squall/core'
import { interruptSignal } from '../host/signals.ts'
import type { Level } from '../terminal/describe-event.ts'
import { safe } from '../terminal/paint.ts'
import type { CommandContext } from './command-context.ts'

export interface OpenDiscoverer {
  readonly discoverer: Discoverer
  readonly context: DiscovererContext
}

/** The discoverer of each installed driver that has one, loaded when its turn comes. */
export async function* discoverersOf(
  registry: DriverRegistry,
  context: CommandContext,
): AsyncGenerator<OpenDiscoverer> {
  for (const driver of registry.drivers) {
    if (driver.manifest.discoverer === undefined) continue
    const { discoverer } = await driver.load()
    if (!discoverer) continue
    const own = {
      directory: context.terminal.workingDirectory,
      signal: interruptSignal(),
      log: logOf(context),
      options: registry.optionsOf(driver),
    }
    yield { discoverer, context: own }
  }
}

function logOf({ terminal, paint, global }: CommandContext): Log {
  const say = (level: string, style: 'dim' | 'yellow') => (message: string) =>
    terminal.err(`${paint(style, level)} ${safe(message)}\n`, level.toUpperCase() as Level)
  return {
    debug: (message) => (global.verbose ? say('debug', 'dim')(message) : undefined),
    info: (message) => say('info', 'dim')(message),
    warn: (message) => say('warning', 'yellow')(message),
  }
}

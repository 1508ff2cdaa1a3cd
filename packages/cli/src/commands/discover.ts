import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Discovery, isSquallError, type JsonValue, SquallError } from '@squall/contract'
import { errorText } from '../terminal/show-error.ts'
import type { CommandContext } from './command-context.ts'
import { type DiscoverCommandOptions, findDiscovery } from './find-discovery.ts'
import { registryOf, settingsOf } from './find-project.ts'
import { notifierOf } from './notifier.ts'

/** `squall discover PACKAGE`: writes what a package offers. A failure is told and, as in the reference, exits with 0. */
export async function discoverCommand(
  target: string,
  options: DiscoverCommandOptions,
  context: CommandContext,
): Promise<number> {
  const settings = await settingsOf(context)
  const registry = await registryOf(context, settings, { named: options.driver, python: options.python })
  const directory = context.terminal.workingDirectory
  const tell = await notifierOf({ settings, registry, directory }, context)
  await tell('discovery-started', { payload: target })
  try {
    const discovery = await findDiscovery(target, options, { settings, registry }, context)
    write(discovery, options.discoveryPath, context)
    await tell('discovery-completed', { payload: discovery as unknown as JsonValue })
    return 0
  } catch (cause) {
    const error = failure(target, cause)
    context.terminal.err(errorText(error, context.paint), 'CRITICAL')
    await tell('discovery-failed', { payload: target, error })
    return options.strict ? 1 : 0
  }
}

function failure(target: string, cause: unknown): unknown {
  if (isSquallError(cause)) return cause
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new SquallError('SQUALL_DISCOVERY_FAILED', { target, reason: reason.replace(/\.$/, '') }, { cause })
}

function write(discovery: Discovery, place: string, { terminal, paint }: CommandContext): void {
  const text = `${JSON.stringify(discovery, null, 2)}\n`
  if (place === '-') return terminal.out(text)
  const file = path.resolve(terminal.workingDirectory, place)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, text)
  const { extension, activities } = discovery
  const count = `${activities.length} ${activities.length === 1 ? 'activity' : 'activities'}`
  terminal.err(`${paint('green', '✓')} ${extension.name} ${extension.version} offers ${count}: ${place}\n`)
}

import path from 'node:path'
import { type Clock, type Cluster, type JsonObject, type Log, SquallError } from '@squall/contract'
import {
  connectTarget as connectInstalled,
  connectTo,
  type DriverPackage,
  type DriverRegistry,
} from '@squall/core'
import type { ChaosParts } from '../../load-chaos-parts.ts'
import type { CommandContext } from '../command-context.ts'
import type { TargetOptions } from './chaos-options.ts'

export interface ConnectedTarget {
  readonly cluster: Cluster
  /** Whose undo functions its faults register; absent for the simulated cluster, which harms nothing. */
  readonly driver?: DriverPackage
}

export interface ConnectionScope {
  readonly parts: ChaosParts
  readonly registry: DriverRegistry
  readonly clock: Clock
  readonly log: Log
  readonly signal: AbortSignal
  readonly context: CommandContext
}

/** Connects to a target. Rejects with `SQUALL_TARGET_UNKNOWN`, `SQUALL_TARGET_OPTIONS` or why it cannot be reached. */
export async function connectTarget(
  options: TargetOptions,
  scope: ConnectionScope,
): Promise<ConnectedTarget> {
  const { target } = options
  const { clock, log, signal } = scope
  const { workingDirectory: directory, environment } = scope.context.terminal
  const context = { clock, log, signal, directory, environment }
  if (target !== 'simulated')
    return connectInstalled(
      { target, options: optionValues(options.targetOption) },
      scope.registry,
      context,
      ['simulated'],
    )
  const choice = { target, options: simulatedOptions(options, scope) }
  return { cluster: await connectTo(scope.parts.simulatedCluster, choice, context) }
}

function simulatedOptions(
  { topology, targetOption, seed }: TargetOptions,
  { context }: ConnectionScope,
): JsonObject {
  const file =
    topology === undefined ? {} : { topology: path.resolve(context.terminal.workingDirectory, topology) }
  return { ...(seed === undefined ? {} : { seed }), ...optionValues(targetOption), ...file }
}

/** `NAME=VALUE` texts; a value that is JSON is read as such. */
function optionValues(texts: readonly string[]): JsonObject {
  return Object.fromEntries(
    texts.map((text) => {
      const equals = text.indexOf('=')
      if (equals < 1)
        throw new SquallError('SQUALL_USAGE', { reason: `--target-option takes NAME=VALUE, not '${text}'.` })
      return [text.slice(0, equals), jsonOrText(text.slice(equals + 1))]
    }),
  )
}

function jsonOrText(text: string): JsonObject[string] {
  try {
    return JSON.parse(text) as JsonObject[string]
  } catch {
    // A plain text.
    return text
  }
}

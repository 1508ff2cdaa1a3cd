import {
  type ActivityContext,
  ActivityFailed,
  defineProvider,
  type JsonObject,
  type ProviderCall,
  type ProviderFields,
} from '@squall/contract'
import { checkProvider } from './check-provider.ts'
import { registerEndChild } from './child-record.ts'
import { type Command, commandLine, commandOf } from './command.ts'
import { decodeText } from './decode-text.ts'
import { Endings } from './endings.ts'
import { expandHome, findProgram } from './find-program.ts'
import type { ProcessWorld } from './process-world.ts'
import { providerSchema } from './provider-schema.ts'
import type { ChildEnd } from './run-child.ts'
import { millisecondsOf } from './seconds.ts'

/** The provider type `process`, field for field as Chaos Toolkit's, and `grace`. */
export const processProvider = (world: ProcessWorld, endings = new Endings()) =>
  defineProvider({
    summary: 'Run a program or a shell command line.',
    schema: providerSchema,
    undoSummary:
      'What a program did cannot be taken back; a program that still runs when the run stops is ended.',
    validate: async (provider) => checkProvider(provider, world),
    run: (call, context) => runProcess(world, endings, call, context),
    targets: async (call) => [commandLine(readCommand(world, call))],
  })

async function runProcess(
  world: ProcessWorld,
  endings: Endings,
  call: ProviderCall,
  context: ActivityContext,
): Promise<JsonObject> {
  context.signal.throwIfAborted()
  const command = readCommand(world, call)
  const times = timesOf(call.provider)
  const tag = world.newTag()
  const record = call.kind === 'action' ? await registerEndChild(world, tag, context) : undefined
  const started = record ? { onStart: record.started } : {}
  const running = world.run({ command, tag, signal: context.signal, ...times, ...started })
  const end = await endings.watch(tag, context.signal, running).catch((error: unknown) => {
    record?.ended()
    throw error
  })
  if (end.kind === 'exited' || end.gone) record?.ended()
  return resultOf(end, command, call, context)
}

function timesOf(provider: ProviderFields): { timeoutMs?: number; graceMs?: number } {
  const timeoutMs = millisecondsOf('timeout', provider['timeout'])
  const graceMs = millisecondsOf('grace', provider['grace'])
  return {
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(graceMs === undefined ? {} : { graceMs }),
  }
}

function readCommand(world: ProcessWorld, { provider }: ProviderCall): Command {
  const path = String(provider['path'])
  return commandOf(path, findProgram(expandHome(path, world), world), provider.arguments)
}

function resultOf(end: ChildEnd, command: Command, call: ProviderCall, context: ActivityContext): JsonObject {
  if (end.kind === 'exited') {
    if (end.status > 0 && !call.hasTolerance) warnOfStatus(end.status, call.activity, context)
    return { status: end.status, stdout: decodeText(end.stdout), stderr: decodeText(end.stderr) }
  }
  if (end.refused.length > 0) warnOfRefused(end.refused, call.activity, context)
  if (end.kind === 'aborted') throw context.signal.reason
  const ended = `\`${commandLine(command)}\` was ended after ${call.provider['timeout']} s`
  throw new ActivityFailed(`process activity took too long to complete: ${ended}.`, {
    hint: 'Raise `timeout`, or find out what the program waits for.',
  })
}

function warnOfRefused(pids: readonly number[], activity: string, context: ActivityContext): void {
  const message = `Process ${pids.join(', ')}, started by '${activity}', could not be ended and may still run.`
  context.log.warn(message, { pids: [...pids] })
}

function warnOfStatus(status: number, activity: string, context: ActivityContext): void {
  const shell = status === 127 ? ' (the shell uses 127 for "command not found")' : ''
  context.log.warn(
    `'${activity}' ended with status ${status}${shell}, which often means an error. The activity counts as succeeded: to have the status checked, give a probe a tolerance.`,
    { status },
  )
}

import {
  type ActivityContext,
  ActivityFailed,
  defineProvider,
  type JsonObject,
  type ProviderCall,
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
  const { timeout, grace } = call.provider
  const command = readCommand(world, call)
  const timeoutMs = millisecondsOf('timeout', timeout)
  const graceMs = millisecondsOf('grace', grace)
  const tag = world.newTag()
  const record = call.kind === 'action' ? await registerEndChild(world, tag, context) : undefined
  const running = world.run({
    command,
    tag,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(graceMs === undefined ? {} : { graceMs }),
    signal: context.signal,
    ...(record ? { onStart: record.started } : {}),
  })
  const end = await endings.watch(tag, context.signal, running).catch((error: unknown) => {
    record?.ended()
    throw error
  })
  if (end.kind === 'exited' || end.survivors.length === 0) record?.ended()
  return resultOf(end, command, call, context)
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
  if (end.survivors.length > 0) {
    const pids = end.survivors.join(', ')
    context.log.warn(
      `Process ${pids}, started by '${call.activity}', could not be ended and may still run.`,
      {
        pids: [...end.survivors],
      },
    )
  }
  if (end.kind === 'aborted') throw context.signal.reason
  throw new ActivityFailed(
    `process activity took too long to complete: \`${commandLine(command)}\` was ended after ${call.provider['timeout']} s.`,
    { hint: 'Raise `timeout`, or find out what the program waits for.' },
  )
}

function warnOfStatus(status: number, activity: string, context: ActivityContext): void {
  const shell = status === 127 ? ' (the shell uses 127 for "command not found")' : ''
  context.log.warn(
    `'${activity}' ended with status ${status}${shell}, which often means an error. The activity counts as succeeded: to have the status checked, give a probe a tolerance.`,
    { status },
  )
}

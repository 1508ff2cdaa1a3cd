import path from 'node:path'
import { isObject, SquallError } from '@squall/contract'
import type { CommandContext } from '../command-context.ts'
import { chaosClient, tokenOf } from './chaos-client.ts'
import type { ParameterOptions, ServerOptions, TokenOptions } from './chaos-options.ts'
import { readJsonFile } from './read-json.ts'
import { startOptions, wireParameters } from './wire-parameters.ts'

type StartCommandOptions = ServerOptions & TokenOptions & ParameterOptions & { readonly seed?: number }

/** `squall chaos start`: what the wire format has no words for goes to squall's own route, which needs the token. */
export async function startCommand(
  options: StartCommandOptions,
  { terminal }: CommandContext,
): Promise<number> {
  const directory = terminal.workingDirectory
  const parameters = await wireParameters(options, directory)
  const own = startOptions(options)
  const client = await chaosClient(options.server, await tokenOf(options, directory))
  if (Object.keys(own).length === 0) await client.start(parameters)
  else await client.startWith(parameters, own)
  terminal.err(`Chaos was started at ${options.server}.\n`)
  return 0
}

/** `squall chaos stop`. */
export async function stopChaosCommand(
  { server }: ServerOptions,
  { terminal }: CommandContext,
): Promise<number> {
  await (await chaosClient(server)).stop()
  terminal.err(`Chaos at ${server} was told to stop.\n`)
  return 0
}

/** `squall chaos get`. */
export async function getChaosCommand({ server }: ServerOptions, context: CommandContext): Promise<number> {
  return print(await (await chaosClient(server)).status(), context)
}

/** `squall chaos schedule get`. */
export async function getScheduleCommand(
  { server }: ServerOptions,
  context: CommandContext,
): Promise<number> {
  return print(await (await chaosClient(server)).schedule(), context)
}

/** `squall chaos schedule set FILE`: a file without a version replaces whatever is there. */
export async function setScheduleCommand(
  file: string,
  { server }: ServerOptions,
  { terminal }: CommandContext,
): Promise<number> {
  const client = await chaosClient(server)
  const given = await readJsonFile(path.resolve(terminal.workingDirectory, file))
  const schedule = 'Schedule' in given ? given['Schedule'] : given
  if (!isObject(schedule)) throw new SquallError('SQUALL_USAGE', { reason: `${file} holds no Schedule.` })
  const stored = await client.schedule()
  const version = given['Version'] ?? stored['Version'] ?? 0
  await client.setSchedule({ Version: version, Schedule: schedule as never })
  terminal.err(`The schedule at ${server} was replaced.\n`)
  return 0
}

function print(value: object, { terminal }: CommandContext): number {
  terminal.out(`${JSON.stringify(value, null, 2)}\n`)
  return 0
}

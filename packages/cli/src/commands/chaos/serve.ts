import { promises } from 'node:fs'
import path from 'node:path'
import { SquallError } from '@squall/contract'
import { systemClock } from '@squall/core'
import type { ServeOptions } from '../../chaos-parts.ts'
import type { Address } from '../../command-line/values.ts'
import { randomToken } from '../../host/random-token.ts'
import { untilInterrupted } from '../../host/until-interrupted.ts'
import { loadChaosParts } from '../../load-chaos-parts.ts'
import type { CommandContext } from '../command-context.ts'
import { registryOf, settingsOf } from '../find-project.ts'
import { chaosLog } from './chaos-log.ts'
import type { EngineOptions, TargetOptions } from './chaos-options.ts'
import { connectTarget } from './connect-target.ts'
import { openService } from './open-service.ts'

export interface ServeCommandOptions extends TargetOptions, EngineOptions {
  readonly listen: Address
  readonly store: string
  readonly token?: string
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly clientCa?: string
}

/** `squall chaos serve`: the engine behind the REST routes, until it is told to end; an interrupted run is resumed. */
export async function serveCommand(options: ServeCommandOptions, context: CommandContext): Promise<number> {
  const { terminal } = context
  const parts = await loadChaosParts()
  const interrupted = untilInterrupted()
  const registry = await registryOf(context, await settingsOf(context), { named: options.driver })
  const scope = { parts, registry, clock: systemClock, context }
  const log = chaosLog(context)
  const target = await connectTarget(options, { ...scope, log, signal: interrupted.signal })
  const folder = path.resolve(terminal.workingDirectory, options.store)
  const replay = `squall chaos serve --target ${options.target} --seed {seed} --store NEW-FOLDER`
  const tls = await tlsOf(options, terminal.workingDirectory)
  mustBeGuarded(options, tls)
  const chaos = await openService(options, { ...scope, target, folder, replay })
  try {
    const token = options.token ?? randomToken()
    await promises.writeFile(path.join(folder, 'token'), `${token}\n`, { mode: 0o600 })
    const isLocal = isLoopback(options.listen.host)
    const api = parts.fabricApi({
      chaos,
      clock: systemClock,
      token,
      hosts: [options.listen.host],
      tokenForAll: !isLocal && tls?.clientCa === undefined,
      onError: (error) => log.warn(error instanceof Error ? error.message : String(error)),
    })
    const server = await parts.serveFabricApi(api, { ...options.listen, ...(tls ? { tls } : {}) })
    terminal.err(`Chaos on ${options.target} at ${server.url}, store ${folder}.\n`)
    await interrupted.happens
    await server.close()
  } finally {
    await chaos.close()
    await target.cluster.close?.()
  }
  return 0
}

/** Whoever is let in from elsewhere has to show who he is. */
function mustBeGuarded({ listen, token }: ServeCommandOptions, tls: ServeOptions['tls']): void {
  if (isLoopback(listen.host) || token !== undefined || tls?.clientCa !== undefined) return
  const reason = `--listen ${listen.host} is open to other machines, so it needs --token or --client-ca.`
  throw new SquallError('SQUALL_USAGE', { reason })
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}

async function tlsOf(
  { tlsCert, tlsKey, clientCa }: ServeCommandOptions,
  directory: string,
): Promise<ServeOptions['tls']> {
  if (tlsCert === undefined && tlsKey === undefined && clientCa === undefined) return undefined
  if (tlsCert === undefined || tlsKey === undefined)
    throw new SquallError('SQUALL_USAGE', { reason: 'TLS needs both --tls-cert and --tls-key.' })
  const read = (file: string): Promise<string> =>
    promises.readFile(path.resolve(directory, file), 'utf8').catch((cause: Error) => {
      throw new SquallError('SQUALL_SOURCE_UNREADABLE', { source: file, reason: cause.message }, { cause })
    })
  const [cert, key] = await Promise.all([read(tlsCert), read(tlsKey)])
  return { cert, key, ...(clientCa === undefined ? {} : { clientCa: await read(clientCa) }) }
}

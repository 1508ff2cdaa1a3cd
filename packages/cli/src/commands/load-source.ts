import { isObject, type JsonObject } from '@squall/contract'
import { type LoadedExperiment, loadExperiment, type Settings } from '@squall/core'
import { fetchWithoutVerification, plainFetch } from '../host/fetch.ts'
import type { CommandContext } from './command-context.ts'

/** Loads the experiment a command was given. */
export async function loadSource(
  source: string,
  settings: Settings,
  verifyTls: boolean,
  { terminal }: CommandContext,
): Promise<LoadedExperiment> {
  const token = terminal.environment['CHAOSTOOLKIT_LOADER_AUTH_BEARER_TOKEN']
  return loadExperiment(source, {
    fetch: verifyTls ? plainFetch : fetchWithoutVerification,
    workingDirectory: terminal.workingDirectory,
    ...(isObject(settings['auths']) ? { auths: settings['auths'] as JsonObject } : {}),
    ...(token === undefined ? {} : { bearerToken: token }),
  })
}

import { existsSync } from 'node:fs'
import path from 'node:path'
import { isObject, type JsonObject } from '@squall/contract'
import {
  type DriverRegistry,
  type GlobalControls,
  type LoadedExperiment,
  loadExperiment,
  type Settings,
} from '@squall/core'
import { fetchWithoutVerification, plainFetch } from '../host/fetch.ts'
import type { CommandContext } from './command-context.ts'

/** The folder of an experiment before it is loaded: that of its file, or for a URL the working directory. */
export function folderOf(source: string, { terminal }: CommandContext): string {
  const file = path.resolve(terminal.workingDirectory, source)
  return existsSync(file) ? path.dirname(file) : terminal.workingDirectory
}

export interface SourceReaders {
  readonly drivers: DriverRegistry
  /** Controls that act around the loading. */
  readonly controls?: GlobalControls | undefined
}

/** Loads the experiment a command was given. */
export async function loadSource(
  source: string,
  settings: Settings,
  verifyTls: boolean,
  { terminal }: CommandContext,
  { drivers, controls }: SourceReaders,
): Promise<LoadedExperiment> {
  const token = terminal.environment['CHAOSTOOLKIT_LOADER_AUTH_BEARER_TOKEN']
  return loadExperiment(source, {
    fetch: verifyTls ? plainFetch : fetchWithoutVerification,
    workingDirectory: terminal.workingDirectory,
    loaderOf: (extension) => drivers.loader(extension),
    ...(isObject(settings['auths']) ? { auths: settings['auths'] as JsonObject } : {}),
    ...(token === undefined ? {} : { bearerToken: token }),
    ...(controls ? { controls } : {}),
  })
}

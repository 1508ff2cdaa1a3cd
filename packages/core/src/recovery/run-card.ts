import { promises } from 'node:fs'
import path from 'node:path'
import { isObject, type JsonObject, jsonText, type ProcessIdentity, parseJson } from '@squall/contract'
import type { Protection } from '../guards/protection.ts'

/**
 * What somebody who finds the log of an unfinished run has to know beside its events. It lies in the log's folder from
 * before the first event on.
 */
export interface RunCard {
  readonly format: 1
  readonly runner: ProcessIdentity
  /** Where the journal goes; absent when the runner was a library that writes none. */
  readonly journalPath?: string
  /** Where the log goes when the run has ended; absent when it is removed then. */
  readonly keepLogIn?: string
  /** Whether the experiment's rollbacks are played when the runner dies. */
  readonly rollbacksOnCrash: boolean
  /** The drivers the run could use. */
  readonly drivers: readonly { readonly name: string; readonly folder: string }[]
  /** Which package served a provider type that several of them provide: type to package name. */
  readonly choices?: Readonly<Record<string, string>>
  /** What settings and command line set for each driver, by its name: rollbacks are played with it. */
  readonly driverOptions?: Readonly<Record<string, JsonObject>>
  /** Configuration that replaced the experiment's own. */
  readonly configuration?: JsonObject
  /** What no action may touch, the rollbacks after a crash included. */
  readonly protection?: Protection
  /** Bytes of what an activity answers with that the journal holds. Default 1 MiB. */
  readonly maxOutput?: number
  /**
   * With `--redact all`: `configuration` and `secrets` as the experiment declares them, since the log holds nothing of
   * what they write down.
   */
  readonly redactAll?: { readonly configuration?: JsonObject; readonly secrets?: JsonObject }
  /** What relative paths in the experiment are relative to. */
  readonly directory: string
  readonly workingDirectory: string
}

/** The name of the file that holds a card. */
export const cardFile = 'run.json'

/** Writes a card: it is there as a whole or not at all. */
export async function writeCard(folder: string, card: RunCard): Promise<void> {
  const file = path.join(folder, cardFile)
  await promises.writeFile(`${file}.part`, jsonText(card), { mode: 0o600 })
  await promises.rename(`${file}.part`, file)
}

/** The card in a folder, or undefined where there is none that can be read. */
export async function readCard(folder: string): Promise<RunCard | undefined> {
  const text = await promises.readFile(path.join(folder, cardFile), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    const card: unknown = parseJson(text)
    return isObject(card) && card['format'] === 1 ? (card as unknown as RunCard) : undefined
  } catch {
    // Damaged: what it said is lost.
    return undefined
  }
}

/** Whether the runner died between making the folder and writing its card, so that nothing has begun. */
export async function hasNotBegun(folder: string): Promise<boolean> {
  const names = await promises.readdir(folder).catch(() => undefined)
  return names !== undefined && !names.some((name) => name === cardFile || name.endsWith('.log'))
}

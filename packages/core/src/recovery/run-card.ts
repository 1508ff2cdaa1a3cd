import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { isObject, type ProcessIdentity } from '@squall/contract'

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
  /** What relative paths in the experiment are relative to. */
  readonly directory: string
  readonly workingDirectory: string
}

const fileName = 'run.json'

export async function writeCard(folder: string, card: RunCard): Promise<void> {
  await writeFile(path.join(folder, fileName), JSON.stringify(card), { mode: 0o600 })
}

/** The card in a folder, or undefined where there is none that can be read. */
export async function readCard(folder: string): Promise<RunCard | undefined> {
  const text = await readFile(path.join(folder, fileName), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    const card: unknown = JSON.parse(text)
    return isObject(card) && card['format'] === 1 ? (card as unknown as RunCard) : undefined
  } catch {
    // Half a card: the runner died while it wrote it, before its first event.
    return undefined
  }
}

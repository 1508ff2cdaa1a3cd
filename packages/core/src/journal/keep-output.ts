import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { jsonText } from '@squall/contract'
import { reasonOf } from '../run/exception-lines.ts'
import type { WholeOutput } from './cut-output.ts'

/** The folder for whole outputs of the run that a journal tells of. */
export function outputsFolder(journalPath: string): string {
  return `${journalPath}.outputs`
}

/**
 * Writes down what an activity answered with, for its owner only, and answers where that is, in words. A full disk is no
 * reason for the activity to fail: the words then say that the rest is lost.
 */
export function keepOutput(journalPath: string, activity: number, whole: WholeOutput): string {
  const folder = outputsFolder(journalPath)
  const file = path.join(folder, `${activity}.json`)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    rmSync(file, { force: true })
    writeFileSync(file, `${jsonText(whole, 2)}\n`, { mode: 0o600, flag: 'wx' })
    return `the whole is in ${path.join(path.basename(folder), path.basename(file))}`
  } catch (error) {
    return `they are lost, since they could not be kept: ${reasonOf(error)}`
  }
}

/** Removes what an earlier run kept, whose journal this one's replaces. */
export function discardOutputs(journalPath: string): void {
  const folder = outputsFolder(journalPath)
  try {
    for (const name of readdirSync(folder)) {
      if (/^\d+\.json$/.test(name)) rmSync(path.join(folder, name), { force: true })
    }
  } catch {
    // There is none, or it cannot be changed: then nothing can be kept there either, which is told.
  }
}

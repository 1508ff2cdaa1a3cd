import path from 'node:path'
import { type ActivityContext, ActivityFailed } from '@squall/contract'
import { type FoundLab, findLab, isLabError } from '@squall/lab'
import { z } from 'zod'

export const directory = z
  .string()
  .optional()
  .describe("The lab's folder. Default: that of the port file, else the only lab that runs.")

export const portsfile = z
  .string()
  .nullish()
  .describe("The port file in which the instance is listed. Default: the lab's own file for that service.")

/** What an activity says about the lab it means. Relative paths are relative to the experiment. */
export interface LabArguments {
  readonly directory?: string | undefined
  readonly portsfile?: string | null | undefined
}

export function absolute(file: string | null | undefined, context: ActivityContext): string | undefined {
  return file ? path.resolve(context.directory, file) : undefined
}

/** Finds the lab that is meant: of the port file, of the folder, or the only one that runs. */
export function whichLab(args: LabArguments, context: ActivityContext): Promise<FoundLab> {
  return orActivityFailed(
    findLab({
      directory: absolute(args.directory, context),
      portsFile: absolute(args.portsfile, context),
    }),
  )
}

/** What the lab refuses fails the activity, and the run goes on. */
export async function orActivityFailed<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    if (!isLabError(error)) throw error
    const hint = error.code === 'LAB_ABSENT' ? 'Start one with `squall lab up`.' : error.hint
    throw new ActivityFailed(error.message, { hint, cause: error })
  }
}

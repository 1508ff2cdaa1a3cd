import path from 'node:path'
import { type LabOptions, labSettings } from '../lab-options.ts'
import { bringUp } from './bring-up.ts'
import { type EndedLab, endLab } from './end-lab.ts'
import { allRegistries, LabRegistry } from './lab-registry.ts'
import { type LabStatus, statusIn, statusOf } from './lab-status.ts'
import { labsFolder, recordFileOf } from './state-folder.ts'

/** Which labs are meant: that of a folder, or all of this user. */
export interface LabChoice {
  readonly directory?: string | undefined
  /** Where labs are recorded. Default: the `squall` folder in the user's state folder. */
  readonly stateFolder?: string | undefined
}

/**
 * Starts a lab that outlives this process and resolves once all of it answers. Without `directory` it lives in a
 * folder below the state folder, named after its gateway's port and removed at the end. Throws `LabError` when it
 * cannot start; nothing is left then.
 */
export async function labUp(options: LabOptions = {}): Promise<LabStatus> {
  const { gatewayPort } = labSettings(options)
  const ownsDirectory = options.directory === undefined
  const unasked = path.join(labsFolder(options.stateFolder), `gateway-${gatewayPort}`)
  const directory = path.resolve(options.directory ?? unasked)
  const { lab } = await bringUp(options, { directory, ownsDirectory, attached: false })
  return statusOf(lab)
}

/** Tells how the chosen labs are. Changes nothing. Rejects with the signal's reason when it is aborted. */
export async function labStatus(
  choice: LabChoice & { readonly signal?: AbortSignal } = {},
): Promise<LabStatus[]> {
  const registries = await chosen(choice)
  const statuses = await Promise.all(registries.map((registry) => statusIn(registry, choice.signal)))
  return statuses.filter((status) => status !== undefined)
}

/** Ends the chosen labs: no process, listening port or record of theirs is left. Throws `LabError` when one resists. */
export async function labDown(choice: LabChoice = {}): Promise<EndedLab[]> {
  const ended = await Promise.all((await chosen(choice)).map(endLab))
  return ended.filter((lab) => lab !== undefined)
}

async function chosen({ directory, stateFolder }: LabChoice): Promise<LabRegistry[]> {
  const folder = labsFolder(stateFolder)
  if (directory === undefined) return allRegistries(folder)
  return [new LabRegistry(await recordFileOf(directory, folder))]
}

import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { LabOptions } from '../lab-options.ts'
import { portFilesOf } from '../lab-paths.ts'
import { gatewayUrl, type LabProcess } from '../lab-record.ts'
import type { Service } from '../service.ts'
import { bringUp } from './bring-up.ts'
import { endLab } from './end-lab.ts'
import { type LabStatus, statusIn } from './lab-status.ts'

/** A lab that runs as long as this process does, or until it is stopped. */
export interface Lab extends AsyncDisposable {
  /** Address of the gateway, such as `http://127.0.0.1:5000`. */
  readonly url: string
  readonly directory: string
  readonly portFiles: Readonly<Record<Service, string>>
  /** What was started; `status` tells what runs now. */
  readonly processes: readonly LabProcess[]
  /** Undefined once the lab has been taken down. */
  status(): Promise<LabStatus | undefined>
  /** Ends all processes of the lab, also those that were started later, and removes its records. May be called again. */
  stop(): Promise<void>
}

/**
 * Starts a lab and resolves once all of it answers. Without `directory` it lives in a temporary folder that is removed
 * at the end. Throws `LabError` when it cannot start; nothing is left then.
 */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const ownsDirectory = options.directory === undefined
  const directory = path.resolve(options.directory ?? (await mkdtemp(path.join(os.tmpdir(), 'squall-lab-'))))
  try {
    const { registry, lab } = await bringUp(options, { directory, ownsDirectory, attached: true })
    const stop = async () => {
      await endLab(registry)
    }
    return {
      url: gatewayUrl(lab),
      directory,
      portFiles: portFilesOf(directory),
      processes: lab.processes,
      status: () => statusIn(registry),
      stop,
      [Symbol.asyncDispose]: stop,
    }
  } catch (error) {
    if (ownsDirectory) await rm(directory, { recursive: true, force: true })
    throw error
  }
}

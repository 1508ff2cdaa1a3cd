import type { JsonObject, SquallError } from '@squall/contract'
import type { GlobalControls, GlobalControlsOptions } from './global-controls.ts'

/** What makes global controls: control files by their paths. */
export interface GlobalControlSources extends Omit<GlobalControlsOptions, 'files'> {
  readonly files?: readonly string[]
  /**
   * Told of each control file that does not parse, which is then left out, as in the reference. Default: such a file
   * rejects.
   */
  readonly onLeftOut?: (error: SquallError) => void
}

/**
 * Puts together the controls that no experiment declares: those of the settings and of control files. Undefined when there
 * are none. Rejects with `SQUALL_CONTROL_FILE`.
 */
export async function globalControls(sources: GlobalControlSources): Promise<GlobalControls | undefined> {
  const { settings = {}, files = [] } = sources
  if (settings['controls'] === undefined && files.length === 0) return undefined
  // Loaded only here: no start without global controls is slowed down by them.
  const { GlobalControls: Controls } = await import('./global-controls.ts')
  const controls = new Controls({ ...sources, files: await readAll(files, sources.onLeftOut) })
  return controls.declared.length === 0 ? undefined : controls
}

async function readAll(
  files: readonly string[],
  onLeftOut: GlobalControlSources['onLeftOut'],
): Promise<readonly JsonObject[]> {
  const { ControlFileSyntax, readControlFile } = await import('./read-control-file.ts')
  const read: JsonObject[] = []
  for (const file of files) {
    try {
      read.push(await readControlFile(file))
    } catch (error) {
      if (!onLeftOut || !(error instanceof ControlFileSyntax)) throw error
      onLeftOut(error)
    }
  }
  return read
}

import type { GlobalControls, GlobalControlsOptions } from './global-controls.ts'

/** What makes global controls: control files by their paths. */
export interface GlobalControlSources extends Omit<GlobalControlsOptions, 'files'> {
  readonly files?: readonly string[]
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
  const { readControlFile } = await import('./read-control-file.ts')
  const controls = new Controls({ ...sources, files: await Promise.all(files.map(readControlFile)) })
  return controls.declared.length === 0 ? undefined : controls
}

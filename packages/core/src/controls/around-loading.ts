import type { JsonValue } from '@squall/contract'
import { makeVariables } from '../configuration/substitute.ts'
import type { LoadedExperiment } from '../load/source-text.ts'
import { actsOn, applicableControls } from './applicable-controls.ts'
import { ChangeTracker } from './change-tracker.ts'
import type { GlobalControls } from './global-controls.ts'
import { asksForEnd, callHook, type HookRequest } from './hook-caller.ts'

/**
 * Calls the hooks of global controls around the loading of an experiment (spec 17.3). Hooks after it may change what was
 * read, and get null when nothing was. Rejects with `SQUALL_CONTROL_INTERRUPTED` when a hook asks for the end.
 */
export async function aroundLoading(
  source: string,
  controls: GlobalControls,
  load: () => Promise<LoadedExperiment>,
): Promise<LoadedExperiment> {
  let raw: JsonValue = null
  try {
    await call('before', source, undefined, controls)
    const loaded = await load()
    raw = loaded.raw
    return loaded
  } finally {
    await call('after', source, raw, controls)
  }
}

async function call(
  side: 'before' | 'after',
  context: string,
  state: JsonValue | undefined,
  { declared, pool, settings }: GlobalControls,
): Promise<void> {
  // There is no run yet to record changes in.
  const tracker = new ChangeTracker(() => undefined)
  if (typeof state === 'object' && state !== null) tracker.track(state, 'journal', undefined)
  tracker.track(settings, 'settings', undefined)
  const documents = { tracker, experiment: null, settings, variables: makeVariables({}, {}) }
  const { signal } = new AbortController()
  const applicable = applicableControls('loader', { globals: declared, top: [] })
  for (const control of applicable.filter((each) => actsOn(side, each))) {
    const opened = await pool.opened(control)
    if (!opened) continue
    const { fields } = control
    const plain: HookRequest = { side, level: 'loader', context, fields, signal, skip: () => undefined }
    const request = state === undefined ? plain : { ...plain, state }
    try {
      await callHook(opened, request, { documents, clock: pool.clock })
    } catch (error) {
      if (asksForEnd(error)) throw error
      pool.failed(opened.name, `${side}-loader`, error)
    }
  }
}

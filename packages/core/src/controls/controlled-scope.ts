import type { JsonObject } from '@squall/contract'
import { substitute, withoutSteps } from '../configuration/substitute.ts'
import type { RunScope } from '../run/run-scope.ts'
import { GlobalControls } from './global-controls.ts'
import { LiveRun } from './live-run.ts'
import { RunControls } from './run-controls.ts'

export interface ControlledOptions {
  readonly settings: JsonObject
  /** Default: those of `settings`. */
  readonly globals?: GlobalControls
}

/** The scope of a run whose controls are called, and take effect. Nothing is opened yet. */
export function controlledScope(scope: RunScope, { settings, globals }: ControlledOptions): RunScope {
  const { registry, directory, clock, seed, events } = scope
  const experiment = scope.experiment as unknown as JsonObject
  // The experiment that controls see and change is the one that the journal shows.
  experiment['title'] = substitute(experiment['title'] ?? null, withoutSteps(scope.variables))
  experiment['dry'] = scope.dry ?? null
  const known = globals ?? new GlobalControls({ drivers: registry, directory, settings, clock, seed })
  const live = new LiveRun({ events, experiment, variables: scope.variables, settings: known.settings })
  const controlled = { ...scope, variables: live.variables }
  const controls: RunControls = new RunControls({ scope: controlled, live, globals: known })
  return Object.assign(controlled, { controls })
}

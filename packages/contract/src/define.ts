import type { ClusterType } from './cluster.ts'
import type { ControlType } from './control.ts'
import type { Action, Driver, Probe, ProviderType, Undo } from './driver.ts'
import type { SchemaOutput, StandardSchema } from './standard-schema.ts'

type WithSchema<Part extends { args: unknown }, S extends StandardSchema> = Omit<Part, 'kind' | 'args'> & {
  readonly args: S
}

/** Makes an action: it changes the system. The arguments of `run` and `targets` get their type from `args`. */
export function defineAction<S extends StandardSchema, Result>(
  action: WithSchema<Action<SchemaOutput<S>, Result>, S>,
): Action<SchemaOutput<S>, Result> {
  return { ...action, kind: 'action' } as unknown as Action<SchemaOutput<S>, Result>
}

/** Makes a probe: it only looks. */
export function defineProbe<S extends StandardSchema, Result>(
  probe: WithSchema<Probe<SchemaOutput<S>, Result>, S>,
): Probe<SchemaOutput<S>, Result> {
  return { ...probe, kind: 'probe' } as unknown as Probe<SchemaOutput<S>, Result>
}

/** Makes an undo function. */
export function defineUndo<S extends StandardSchema>(
  undo: WithSchema<Undo<SchemaOutput<S>>, S>,
): Undo<SchemaOutput<S>> {
  return undo as unknown as Undo<SchemaOutput<S>>
}

/** Makes a provider type with fields of its own. */
export function defineProvider(provider: ProviderType): ProviderType {
  return provider
}

/** Makes a control. */
export function defineControl(control: ControlType): ControlType {
  return control
}

/** Makes a kind of cluster. The options of `connect` get their type from `options`. */
export function defineCluster<S extends StandardSchema>(
  cluster: Omit<ClusterType<SchemaOutput<S>>, 'options'> & { readonly options: S },
): ClusterType<SchemaOutput<S>> {
  return cluster as unknown as ClusterType<SchemaOutput<S>>
}

/** Makes a driver. Export the result as the default of the file that `package.json` names in `squall.driver`. */
export function defineDriver<D extends Driver>(driver: D): D {
  return driver
}

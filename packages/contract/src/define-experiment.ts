import type {
  ActivityFields,
  ActivityRef,
  ExperimentFields,
  HypothesisFields,
  ProviderFields,
} from './experiment.ts'
import type { JsonValue } from './json.ts'

declare global {
  /**
   * What the installed drivers offer, each offer under a name of its own. The file that `squall types` writes fills it
   * in; without that file any provider is accepted. It is global so that it is one, however many copies of this
   * package are installed.
   */
  interface SquallProviders {}
}

/** A provider that an installed driver serves. */
export type InstalledProvider = keyof SquallProviders extends never
  ? ProviderFields
  : SquallProviders[keyof SquallProviders]

/** The keys a type names, without the index signature that lets any other in. */
type Named<Fields> = { [Key in keyof Fields as string extends Key ? never : Key]: Fields[Key] }

export type DefinedActivity = Omit<Named<ActivityFields>, 'provider'> & {
  provider: InstalledProvider
  tolerance?: JsonValue
}

export type DefinedEntry = DefinedActivity | Named<ActivityRef>

export type DefinedExperiment = Omit<
  Named<ExperimentFields>,
  'method' | 'rollbacks' | 'steady-state-hypothesis'
> & {
  'steady-state-hypothesis'?: Omit<Named<HypothesisFields>, 'probes'> & { probes?: DefinedEntry[] }
  method: DefinedEntry[]
  rollbacks?: DefinedEntry[]
}

/** Makes an experiment that TypeScript checks. Export the result as the default of the file that `squall run` is given. */
export function defineExperiment(experiment: DefinedExperiment): DefinedExperiment {
  return experiment
}

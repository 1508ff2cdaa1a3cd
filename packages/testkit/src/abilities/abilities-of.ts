import type { JsonObject } from '@squall/contract'
import type { AbilityScene, ControlScene } from '../ability-samples.ts'
import type { Law } from '../law.ts'
import { type ControlAbility, controlLaws } from '../laws/abilities/control.ts'
import { type DiscovererAbility, discovererLaws } from '../laws/abilities/discoverer.ts'
import { loaderLaws } from '../laws/abilities/loader.ts'
import { lawEvents, type NotifierAbility, notifierLaws } from '../laws/abilities/notifier.ts'
import { type ResolverAbility, resolverLaws } from '../laws/abilities/resolver.ts'
import { listOf } from '../sample-list.ts'
import type { DriverSamples, Samples } from '../samples.ts'
import type { Ability } from './ability.ts'
import type { ControlAddress, ControlDeed } from './deed.ts'
import { lawExperiment } from './law-experiment.ts'

type Source = Pick<Ability, 'makeDriver' | 'driverFile'>

/** The laws of everything besides activities that has a sample. */
export function abilityLaws(samples: DriverSamples, source: Source): readonly Law[] {
  return [
    ...each(samples.controls, (control, sample) =>
      controlLaws(ofControl({ control }, `control ${control}`, sample, source)),
    ),
    ...each(samples.providerControls, (type, sample) =>
      controlLaws(ofControl({ type }, `controls of ${type}`, sample, source)),
    ),
    ...each(samples.resolvers, (name, sample) => resolverLaws(ofResolver(name, sample, source))),
    ...each(samples.notifiers, (name, sample) => notifierLaws(ofNotifier(name, sample, source))),
    ...listOf(samples.discoverer).flatMap((sample) => discovererLaws(ofDiscoverer(sample, source))),
    ...Object.entries(samples.loaders ?? {}).flatMap(([extension, sample]) =>
      loaderLaws(extension, sample, source.makeDriver),
    ),
  ]
}

function each<Sample>(
  samples: Samples<Sample> = {},
  laws: (name: string, sample: Sample) => readonly Law[],
): readonly Law[] {
  return Object.entries(samples).flatMap(([name, given]) =>
    listOf(given).flatMap((sample) => laws(name, sample as Sample)),
  )
}

function ofControl(
  address: ControlAddress,
  name: string,
  sample: ControlAbility['sample'],
  source: Source,
): ControlAbility {
  const deedOn = (place: ControlScene, secrets: JsonObject): ControlDeed => ({
    type: 'control',
    address,
    input: place.input,
    directory: directoryOf(place),
    experiment: place.experiment ?? lawExperiment,
    configuration: place.configuration ?? {},
    secrets: { ...place.secrets, ...secrets },
    probe: place.probe ?? { output: true, met: true, reason: 'within tolerance' },
    isGlobal: false,
    isCutShort: false,
  })
  return { ...source, name: titled(name, sample), address, sample, deedOn }
}

function ofResolver(resolver: string, sample: ResolverAbility['sample'], source: Source): ResolverAbility {
  return {
    ...source,
    name: titled(`resolver ${resolver}`, sample),
    sample,
    deedOn: (place, secrets) => ({
      type: 'resolve',
      resolver,
      declaration: structuredClone({ ...place.input, type: resolver }),
      configuration: structuredClone(place.configuration ?? {}),
      environment: { ...place.environment, ...(secrets as Record<string, string>) },
      directory: directoryOf(place),
    }),
  }
}

function ofNotifier(notifier: string, sample: NotifierAbility['sample'], source: Source): NotifierAbility {
  return {
    ...source,
    name: titled(`notifier ${notifier}`, sample),
    sample,
    deedOn: (place, secrets) => ({
      type: 'notify',
      notifier,
      channel: structuredClone({ ...place.input, ...secrets, type: notifier }),
      event: structuredClone(lawEvents[0] ?? {}),
      directory: directoryOf(place),
    }),
  }
}

function ofDiscoverer(sample: DiscovererAbility['sample'], source: Source): DiscovererAbility {
  return {
    ...source,
    name: titled('discoverer', sample),
    sample,
    deedOn: (place) => ({ type: 'discover', target: place.target, directory: directoryOf(place) }),
  }
}

function directoryOf({ directory = '.' }: AbilityScene): string {
  return directory
}

function titled(name: string, { title }: { readonly title?: string }): string {
  return title === undefined ? name : `${name} (${title})`
}

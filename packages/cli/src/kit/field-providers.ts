import type { DriverManifest, ManifestProvider } from '@squall/contract'

/** Provider types with fields of their own: all but the one under which a driver's activities are called. */
export function fieldProviders({
  name,
  activities,
  providers,
}: DriverManifest): readonly (readonly [type: string, provider: ManifestProvider])[] {
  const hasActivities = Object.keys(activities).length > 0
  return Object.entries(providers).filter(([type]) => type !== name || !hasActivities)
}

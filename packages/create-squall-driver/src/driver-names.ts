import { NotCreated } from './not-created.ts'

/** What a new driver is called, and where. */
export interface DriverNames {
  /** In experiments: `"type": "..."`. In snake_case, as the laws ask. */
  readonly driver: string
  /** For npm. */
  readonly package: string
  /** Of the package, below where it is made. */
  readonly folder: string
}

const prefix = 'squall-driver-'
const wanted = /^(?:(@[a-z0-9][a-z0-9._-]*)\/)?([a-z][a-z0-9]*(?:[-_][a-z0-9]+)*)$/

/** Names a driver after `lamps`, `squall-driver-lamps` or `@acme/lamps`. Throws `NotCreated` for what npm would refuse. */
export function driverNames(name: string): DriverNames {
  const [, scope, given = ''] = wanted.exec(name) ?? []
  const word = given.startsWith(prefix) ? given.slice(prefix.length) : given
  if (!/^[a-z]/.test(word)) {
    throw new NotCreated(
      `'${name}' cannot name a driver. Begin with a letter; use small letters, digits and single hyphens, as in lamps, flaky-disk or @acme/lamps.`,
    )
  }
  const folder = `${prefix}${word.replaceAll('_', '-')}`
  return {
    driver: word.replaceAll('-', '_'),
    package: scope === undefined ? folder : `${scope}/${folder}`,
    folder,
  }
}

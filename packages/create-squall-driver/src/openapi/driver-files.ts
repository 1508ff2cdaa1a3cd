import { before, type Code, literal, object, print, quoted } from '../code/code.ts'
import type { DriverNames } from '../driver-names.ts'
import type { Api } from './operation.ts'

/** Where the module of an activity is, below `src`. */
export function activityModule(constant: string): string {
  return `activities/${constant.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`
}

/** The module of the driver itself. */
export function indexFile(names: DriverNames, api: Api): string {
  const { operations } = api
  const imports = operations
    .map(({ constant }) => `import { ${constant} } from './${activityModule(constant)}'\n`)
    .sort()
  const activities = operations.map(({ activity, constant }) =>
    activity === constant ? activity : `${activity}: ${constant}`,
  )
  const group: Code = { open: 'activities: {', parts: activities, close: '}', isObject: true }
  const parts = [`name: ${quoted(names.driver)}`, 'contract: 1', `summary: ${quoted(apiSummary(api))}`, group]
  const driver: Code = { open: 'defineDriver({', parts, close: '})', isObject: true, isBroken: true }
  return `import { type Driver, defineDriver } from '@squall/contract'
${imports.join('')}
${print(before('const driver: Driver = ', driver))}

export default driver
`
}

/** One line about what the driver does. */
export function apiSummary({ title, version }: Api): string {
  return `Calls the API ${title.replaceAll(/\s+/g, ' ').trim()}${version === '' ? '' : ` ${version}`}.`
}

export function serversFile({ servers }: Api): string {
  const known = servers.flatMap(({ key, url }) => (url === undefined ? [] : [[key, quoted(url)] as const]))
  return `/** Where the service is when the configuration does not say so. */
${print(before('export const servers: Readonly<Record<string, string>> = ', object(known)))}
`
}

export function schemesFile({ schemes }: Api): string {
  return `import type { Scheme } from './scheme.ts'

/** How each security scheme of the document is served. */
${print(before('export const schemes: Readonly<Record<string, Scheme>> = ', literal(schemes)))}
`
}

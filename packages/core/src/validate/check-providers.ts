import {
  isObject,
  isSquallError,
  issuePath,
  type JsonObject,
  type JsonValue,
  type ProviderFields,
  type SchemaIssue,
} from '@squall/contract'
import { substitute, type Variables } from '../configuration/substitute.ts'
import { closest } from '../drivers/closest.ts'
import type { DriverRegistry, Resolved } from '../drivers/registry.ts'
import { platform } from '../host/platform.ts'
import { reasonOf } from '../run/exception-lines.ts'
import type { PlacedActivity } from './check-references.ts'
import type { Path, Problems } from './problem.ts'

export interface ProviderCheck {
  readonly registry: DriverRegistry
  readonly variables: Variables
  readonly directory: string
}

/** Asks the driver of each activity what is wrong with its provider. */
export async function checkProviders(
  activities: readonly PlacedActivity[],
  check: ProviderCheck,
  problems: Problems,
): Promise<void> {
  for (const placed of activities) {
    const { provider, ref } = placed.activity
    if (isObject(provider) && typeof provider['type'] === 'string' && !ref)
      await checkProvider({ ...placed, provider: provider as unknown as ProviderFields }, check, problems)
  }
}

interface PlacedProvider extends PlacedActivity {
  readonly provider: ProviderFields
}

async function checkProvider(
  placed: PlacedProvider,
  check: ProviderCheck,
  problems: Problems,
): Promise<void> {
  const path = [...placed.path, 'provider']
  const resolved = await resolve(placed.provider, path, check.registry, problems)
  if (!resolved) return
  const { platforms } = resolved.from.manifest
  if (platforms && !platforms.includes(platform)) {
    const message = `${resolved.from.name} works on ${platforms.join(' and ')}, and this is ${platform}.`
    problems.error('platform', [...path, 'type'], message, 'Run the experiment where its driver works.')
    return
  }
  try {
    if (resolved.type === 'provider') await askProvider(placed.provider, resolved, path, check, problems)
    else await checkArguments(placed, resolved, path, check, problems)
  } catch (error) {
    const { name } = resolved.from
    const message = `${name} failed while it checked this provider: ${reasonOf(error)}.`
    problems.error('provider-check', path, message, 'Report this to the author of the driver.')
  }
}

async function resolve(
  provider: ProviderFields,
  path: Path,
  registry: DriverRegistry,
  problems: Problems,
): Promise<Resolved | undefined> {
  try {
    return await registry.resolve(provider)
  } catch (error) {
    if (!isSquallError(error)) throw error
    const isFunction = error.code === 'SQUALL_ACTIVITY_UNKNOWN'
    if (isFunction && provider.func === undefined)
      problems.error('func-missing', path, 'The provider has no `func`.', error.hint)
    else
      problems.error(error.code, [...path, isFunction ? 'func' : 'type'], error.message, error.hint, {
        once: error.code === 'SQUALL_DRIVER_MISSING',
      })
    return undefined
  }
}

async function askProvider(
  provider: ProviderFields,
  resolved: Extract<Resolved, { type: 'provider' }>,
  path: Path,
  { directory, registry }: ProviderCheck,
  problems: Problems,
): Promise<void> {
  const options = registry.optionsOf(resolved.from)
  for (const issue of await resolved.provider.validate(provider, { directory, options })) {
    const report = issue.level === 'warning' ? problems.warn : problems.error
    const code = `${provider.type}-${issue.path[0] ?? 'provider'}`
    report(
      code,
      [...path, ...issue.path],
      issue.message,
      issue.hint ?? `See the README of ${resolved.from.name}.`,
      issue.once ? { once: true } : {},
    )
  }
}

async function checkArguments(
  { provider, list }: PlacedProvider,
  { activity, from, name }: Extract<Resolved, { type: 'activity' }>,
  path: Path,
  { variables }: ProviderCheck,
  problems: Problems,
): Promise<void> {
  // A value that is only known during the run cannot be judged yet.
  if (isVariable(provider.arguments)) return
  const given: JsonValue = isObject(provider.arguments) ? provider.arguments : {}
  const checked = await activity.args['~standard'].validate(substitute(given, variables))
  const known = Object.keys(from.manifest.activities[name]?.args.properties ?? {})
  for (const issue of checked.issues ?? []) {
    const at = issuePath(issue)
    // The probe of a tolerance gets its `value` when it is asked.
    if (waitsForRun(given, at) || (list === 'tolerance' && at[0] === 'value')) continue
    problems.error(
      'arguments',
      [...path, 'arguments', ...issuePath(issue)],
      describe(issue),
      hintFor(given, known),
    )
  }
}

function waitsForRun(given: JsonValue, path: Path): boolean {
  let value: unknown = given
  for (const key of path)
    value = isObject(value) || Array.isArray(value) ? (value as JsonObject)[key] : undefined
  return isVariable(value)
}

function isVariable(value: unknown): boolean {
  return typeof value === 'string' && /\$\{?[_a-zA-Z]/.test(value)
}

function describe(issue: SchemaIssue): string {
  const at = issuePath(issue).join('.')
  return `${at === '' ? '' : `Argument '${at}': `}${issue.message}.`
}

function hintFor(given: JsonValue, known: readonly string[]): string {
  const strange = Object.keys(isObject(given) ? given : {}).find((name) => !known.includes(name))
  const near = strange === undefined ? undefined : closest(strange, known)
  const suggestion = near === undefined ? '' : `Did you mean '${near}' in place of '${strange}'? `
  return `${suggestion}${known.length === 0 ? 'It takes no arguments.' : `It takes ${known.join(', ')}.`}`
}

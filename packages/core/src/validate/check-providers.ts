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
  for (const { activity, path } of activities) {
    const provider = activity['provider']
    const isWhole = isObject(provider) && typeof provider['type'] === 'string'
    if (isWhole && !activity['ref'])
      await checkProvider(provider as unknown as ProviderFields, [...path, 'provider'], check, problems)
  }
}

async function checkProvider(
  provider: ProviderFields,
  path: Path,
  check: ProviderCheck,
  problems: Problems,
): Promise<void> {
  let resolved: Resolved
  try {
    resolved = await check.registry.resolve(provider)
  } catch (error) {
    if (!isSquallError(error)) throw error
    const field = error.code === 'SQUALL_ACTIVITY_UNKNOWN' ? 'func' : 'type'
    problems.error(error.code, [...path, field], error.message, error.hint)
    return
  }
  if (resolved.type === 'provider') await askProvider(provider, resolved, path, check, problems)
  else await checkArguments(provider, resolved, path, check, problems)
}

async function askProvider(
  provider: ProviderFields,
  resolved: Extract<Resolved, { type: 'provider' }>,
  path: Path,
  { directory }: ProviderCheck,
  problems: Problems,
): Promise<void> {
  for (const issue of await resolved.provider.validate(provider, { directory })) {
    const report = issue.level === 'warning' ? problems.warn.bind(problems) : problems.error.bind(problems)
    const code = `${provider.type}-${issue.path.length > 0 ? String(issue.path[0]) : 'provider'}`
    report(
      code,
      [...path, ...issue.path],
      issue.message,
      issue.hint ?? `See the README of ${resolved.from.name}.`,
    )
  }
}

async function checkArguments(
  provider: ProviderFields,
  { activity, from, name }: Extract<Resolved, { type: 'activity' }>,
  path: Path,
  { variables }: ProviderCheck,
  problems: Problems,
): Promise<void> {
  const given: JsonValue = isObject(provider.arguments) ? provider.arguments : {}
  const checked = await activity.args['~standard'].validate(substitute(given, variables))
  const known = Object.keys(from.manifest.activities[name]?.args.properties ?? {})
  for (const issue of checked.issues ?? []) {
    // A value that is only known during the run cannot be judged yet.
    if (waitsForRun(given, issuePath(issue))) continue
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

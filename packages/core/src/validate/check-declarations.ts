import { isObject, type JsonObject, type JsonValue, jsonText } from '@squall/contract'
import { rollbackStrategies } from '../run/strategies.ts'
import type { PlacedActivity } from './check-references.ts'
import type { Path, Problems } from './problem.ts'

/** Warns of what is declared and never looked at, or looked at otherwise than one would think. */
export function checkDeclarations(
  experiment: JsonObject,
  activities: readonly PlacedActivity[],
  problems: Problems,
): void {
  checkConfiguration(experiment['configuration'], problems)
  checkSecrets(experiment['secrets'], ['secrets'], problems)
  checkGroups(experiment['secrets'], activities, problems)
  checkRuntime(experiment['runtime'], problems)
  checkNames(activities, problems)
}

/** A value is looked up at the top of `configuration` only (spec 3.1). */
function checkConfiguration(configuration: JsonValue | undefined, problems: Problems): void {
  if (!isObject(configuration)) return
  for (const [name, entry] of Object.entries(configuration)) {
    const path = ['configuration', name]
    if (!isObject(entry)) continue
    if (entry['type'] === 'vault') {
      const hint = 'Read it under `secrets`, or write `"from"` in place of `"type"`.'
      problems.warn('vault-in-configuration', path, 'Vault is not read for configuration.', hint)
    }
    if (entry['type'] !== undefined) continue
    for (const [key, item] of Object.entries(entry)) {
      if (!isObject(item) || item['type'] !== 'env' || item['key'] === undefined) continue
      const message = 'An `env` entry inside an object is not looked up; it is passed on as it stands.'
      problems.warn('env-not-read', [...path, key], message, 'Declare it at the top of `configuration`.')
    }
  }
}

/** An env secret has no default (spec 3.2). */
function checkSecrets(value: unknown, path: Path, problems: Problems): void {
  if (!isObject(value)) return
  if (value['type'] === 'env') {
    if (!('default' in value)) return
    const hint = 'Set the variable, or declare the value under `configuration`, where defaults count.'
    problems.warn('secret-default', [...path, 'default'], 'The `default` of a secret has no effect.', hint)
    return
  }
  for (const [key, item] of Object.entries(value)) checkSecrets(item, [...path, key], problems)
}

/** A group that a provider names and nobody declares is left out in silence (spec 6.1). */
function checkGroups(
  secrets: JsonValue | undefined,
  activities: readonly PlacedActivity[],
  problems: Problems,
): void {
  const declared = isObject(secrets) ? secrets : {}
  for (const { activity, path } of activities) {
    const named = isObject(activity['provider']) ? activity['provider']['secrets'] : undefined
    if (!Array.isArray(named)) continue
    for (const [index, name] of named.entries()) {
      if (typeof name !== 'string' || Object.hasOwn(declared, name)) continue
      const message = `There is no group of secrets '${name}', so the activity gets none of it.`
      const hint = 'Name a group of `secrets`.'
      problems.warn('secrets-unknown', [...path, 'provider', 'secrets', index], message, hint)
    }
  }
}

function checkRuntime(runtime: JsonValue | undefined, problems: Problems): void {
  const rollbacks = isObject(runtime) ? runtime['rollbacks'] : undefined
  const strategy = isObject(rollbacks) ? rollbacks['strategy'] : undefined
  const known: readonly unknown[] = rollbackStrategies
  if (strategy === undefined || strategy === null || known.includes(strategy)) return
  const message = `There is no rollback strategy ${JSON.stringify(strategy)}: rollbacks are never played.`
  const hint = `Use one of ${rollbackStrategies.join(', ')}.`
  problems.warn('rollback-strategy', ['runtime', 'rollbacks', 'strategy'], message, hint)
}

/** A `ref` means the last activity of a name, one of the hypothesis before one of the method (spec 5.1). */
function checkNames(activities: readonly PlacedActivity[], problems: Problems): void {
  const first = new Map<unknown, PlacedActivity>()
  for (const placed of activities) {
    const { name, ref } = placed.activity
    const isInTable = placed.list === 'method' || placed.list === 'hypothesis'
    if (!isInTable || typeof name !== 'string' || (ref !== undefined && ref !== null)) continue
    const earlier = first.get(name)
    if (!earlier) {
      first.set(name, placed)
      continue
    }
    // An anchor of YAML makes two of one.
    if (jsonText(earlier.activity) === jsonText(placed.activity)) continue
    const message = `Two activities are called '${name}'; a \`ref\` to it means this last one.`
    const hint = `Rename one of them; the other one is ${earlier.path.join('.')}.`
    problems.warn('name-twice', [...placed.path, 'name'], message, hint)
  }
}

import { isObject, type JsonObject, type JsonValue } from '@squall/contract'
import { closest } from '../drivers/closest.ts'
import type { Path, Problems } from './problem.ts'

/** Whether a value is an object with these keys and no other; what is wrong with it is reported. */
export function checkKeys(
  key: string,
  value: JsonValue,
  known: readonly string[],
  required: readonly string[],
  path: Path,
  problems: Problems,
): value is JsonObject {
  if (!isObject(value)) {
    const hint = `Write an object with ${known.map((name) => `\`${name}\``).join(', ')}.`
    problems.error(`${key}-no-object`, path, `\`${key}\` must be an object.`, hint)
    return false
  }
  for (const name of Object.keys(value).filter((given) => !known.includes(given))) {
    const near = closest(name, known)
    const hint = `${near === undefined ? '' : `Did you mean '${near}'? `}It takes ${known.join(', ')}.`
    problems.error(`${key}-unknown`, [...path, name], `\`${key}\` has no \`${name}\`.`, hint)
  }
  for (const name of required.filter((wanted) => !(wanted in value))) {
    const hint = `Add \`${name}\`, a number or \`\${name}\` of a configuration value.`
    problems.error(`${key}-${name}-missing`, path, `\`${key}\` needs \`${name}\`.`, hint)
  }
  return true
}

/** Checks a number, which may be named in the configuration and is then only known during the run. */
export function checkNumber(
  key: string,
  value: JsonValue | undefined,
  path: Path,
  problems: Problems,
  kind: 'above 0' | 'from 0' | 'whole' = 'above 0',
): void {
  if (value === undefined || isVariable(value)) return
  const isRight = typeof value === 'number' && (kind === 'from 0' ? value >= 0 : value > 0)
  if (isRight && (kind !== 'whole' || Number.isInteger(value))) return
  const what = kind === 'whole' ? 'whole number above 0' : `number of seconds, ${kind}`
  const hint = 'Write a number, or `${name}` of a configuration value.'
  problems.error('number-wrong', path, `\`${key}\` must be a ${what}.`, hint)
}

export function isVariable(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('${') && value.endsWith('}')
}

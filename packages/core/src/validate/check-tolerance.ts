import { isFloatText, isObject, type JsonObject, type JsonValue, numberTextAt } from '@squall/contract'
import { textOf } from '../configuration/text-of.ts'
import { parseJsonPath } from '../json-path/parse.ts'
import { pythonRegex } from '../tolerance/python-regex.ts'
import { checkActivity } from './check-activity.ts'
import type { Path, Problems } from './problem.ts'

const hint =
  'A tolerance is a boolean, an integer, a text, a list, or an object of type probe, regex, jsonpath or range.'

/** Checks the tolerance of a probe of the hypothesis (spec 7). */
export function checkTolerance(probe: JsonObject, path: Path, problems: Problems): void {
  const at = [...path, 'tolerance']
  if (!('tolerance' in probe)) {
    const name = textOf(probe['name'] ?? probe['ref'] ?? '')
    problems.error('tolerance-missing', path, `The hypothesis probe '${name}' has no tolerance.`, hint)
    return
  }
  const written = numberTextAt(probe, 'tolerance')
  if (written !== undefined && isFloatText(written)) {
    const message = `${written} cannot be a tolerance: a number with a fraction is never met.`
    problems.error('tolerance-unsupported', at, message, hint)
    return
  }
  checkToleranceValue(probe['tolerance'] ?? null, at, problems)
}

export function checkToleranceValue(tolerance: JsonValue, at: Path, problems: Problems): void {
  if (typeof tolerance === 'boolean' || typeof tolerance === 'string' || Array.isArray(tolerance)) return
  if (typeof tolerance === 'number' && Number.isInteger(tolerance)) return
  if (!isObject(tolerance)) {
    problems.error('tolerance-unsupported', at, `${JSON.stringify(tolerance)} cannot be a tolerance.`, hint)
    return
  }
  const check = typeof tolerance['type'] === 'string' ? checks.get(tolerance['type']) : undefined
  if (check) check(tolerance as JsonObject, at, problems)
  else
    problems.error(
      'tolerance-type',
      at,
      `There is no tolerance type ${JSON.stringify(tolerance['type'] ?? null)}.`,
      hint,
    )
}

type Check = (tolerance: JsonObject, at: Path, problems: Problems) => void

const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['probe', checkActivity],
  ['regex', checkRegex],
  ['jsonpath', checkJsonPath],
  ['range', checkRange],
])

function checkRegex(tolerance: JsonObject, at: Path, problems: Problems): void {
  const { pattern } = tolerance
  if (typeof pattern !== 'string') {
    problems.error(
      'regex-pattern-missing',
      at,
      'A regex tolerance needs a text under `pattern`.',
      'Write the pattern as Python would.',
    )
    return
  }
  attempt(
    () => pythonRegex(pattern),
    (reason) =>
      problems.error(
        'regex-pattern',
        [...at, 'pattern'],
        `The pattern '${pattern}' does not compile: ${reason}.`,
        'Patterns follow the syntax of Python.',
      ),
  )
}

function checkJsonPath(tolerance: JsonObject, at: Path, problems: Problems): void {
  const { path } = tolerance
  if (typeof path !== 'string' || path.trim() === '') {
    problems.error(
      'jsonpath-path-missing',
      at,
      'A jsonpath tolerance needs a text under `path`.',
      'Write a path that begins with `$`.',
    )
    return
  }
  const { dialect } = tolerance
  // Read by a library that is loaded for it: see check-dialects.ts.
  if (dialect !== undefined && dialect !== null) return
  attempt(
    () => parseJsonPath(path),
    (reason) =>
      problems.error(
        'jsonpath-path',
        [...at, 'path'],
        `The path '${path}' is not valid: ${reason}.`,
        'Paths follow jsonpath2: `$.items[*][?(@.state = "up")].name`.',
      ),
  )
}

function checkRange(tolerance: JsonObject, at: Path, problems: Problems): void {
  const { range } = tolerance
  const isNumeric = (bound: JsonValue): boolean => typeof bound === 'number' || typeof bound === 'boolean'
  if (Array.isArray(range) && range.length === 2 && range.every(isNumeric)) return
  problems.error(
    'range-bounds',
    at,
    'A range tolerance needs a `range` of two numbers.',
    'Write `"range": [lowest, highest]`.',
  )
}

function attempt(compile: () => unknown, refused: (reason: string) => void): void {
  try {
    compile()
  } catch (error) {
    refused(error instanceof Error ? error.message.replace(/\.$/, '') : String(error))
  }
}

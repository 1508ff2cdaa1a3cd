import {
  isFloatText,
  isObject,
  type JsonObject,
  type JsonValue,
  parseJson,
  plainValue,
  textOfWritten,
} from '@squall/contract'
import { substitute, substituteWritten, type Variables } from '../configuration/substitute.ts'
import { findAll } from '../json-path/find.ts'
import { parseJsonPath } from '../json-path/parse.ts'
import { readStandardPath } from '../json-path/rfc9535.ts'
import { compareDecimals, type Decimal, decimalFromNumber, decimalFromText } from './decimal.ts'
import { pythonEquals } from './python-equality.ts'
import { pythonRegex } from './python-regex.ts'
import { pickTarget, shown, ToleranceMisfit, type ToleranceResult, verdict } from './tolerance.ts'

/** Runs the probe of a `probe` tolerance with the output to judge; resolves to whether its answer is true. */
export type RunToleranceProbe = (tolerance: JsonObject, output: JsonValue) => Promise<ToleranceResult>

/**
 * Checks an output against a tolerance (spec 7), by the type the tolerance has once its own `${...}` are replaced.
 * Rejects with `ToleranceMisfit` where the reference crashes, such as a range against an object.
 */
export async function checkTolerance(
  tolerance: JsonValue | undefined,
  output: JsonValue,
  variables: Variables,
  runProbe: RunToleranceProbe,
): Promise<ToleranceResult> {
  const written = typeof tolerance === 'string' ? substituteWritten(tolerance, variables) : tolerance
  const wanted = written === undefined ? written : plainValue(written)
  if (typeof wanted === 'boolean' || typeof wanted === 'string') {
    return verdict(pythonEquals(wanted, output), shown(wanted), output)
  }
  if (typeof wanted === 'number') {
    // One with a fraction can only come from a substitution and is never met (spec 7).
    if (isFloatText(textOfWritten(written) ?? '')) return verdict(false, 'an integer', output)
    return checkInteger(wanted, output)
  }
  if (Array.isArray(wanted)) return checkList(wanted, output)
  if (isObject(wanted)) return checkTyped(wanted as JsonObject, output, variables, runProbe)
  return verdict(false, 'a tolerance', output)
}

function checkTyped(
  tolerance: JsonObject,
  output: JsonValue,
  variables: Variables,
  runProbe: RunToleranceProbe,
): ToleranceResult | Promise<ToleranceResult> {
  switch (tolerance['type']) {
    case 'probe':
      return runProbe(tolerance, output)
    case 'regex':
      return checkRegex(tolerance, output, variables)
    case 'jsonpath':
      return checkJsonPath(tolerance, output, variables)
    case 'range':
      return checkRange(tolerance, output)
    default:
      return verdict(false, shown(tolerance), output)
  }
}

function statusOf(output: JsonValue): JsonValue | undefined {
  return isObject(output) ? (output['status'] as JsonValue | undefined) : undefined
}

function checkInteger(wanted: number, output: JsonValue): ToleranceResult {
  const status = statusOf(output)
  const actual = status === undefined ? output : status
  const expected = status === undefined ? shown(wanted) : `status ${shown(wanted)}`
  return verdict(Number.isInteger(wanted) && pythonEquals(wanted, actual), expected, actual)
}

function checkList(wanted: readonly JsonValue[], output: JsonValue): ToleranceResult {
  const status = statusOf(output)
  const actual = status === undefined ? output : status
  const [low, high] = wanted
  if (status === undefined && wanted.length === 2 && low !== undefined && high !== undefined) {
    const met = inOrder(low, output) && inOrder(output, high)
    return verdict(met, `between ${shown(low)} and ${shown(high)}`, output)
  }
  const met = wanted.some((item) => pythonEquals(item, actual))
  return verdict(met, `${status === undefined ? '' : 'status '}one of ${shown(wanted)}`, actual)
}

function inOrder(left: JsonValue, right: JsonValue): boolean {
  if (typeof left === 'string' && typeof right === 'string') return left <= right
  if (isNumeric(left) && isNumeric(right)) return Number(left) <= Number(right)
  throw new ToleranceMisfit(`${shown(left)} and ${shown(right)} cannot be put in order`)
}

function isNumeric(value: JsonValue): boolean {
  return typeof value === 'number' || typeof value === 'boolean'
}

function checkRegex(tolerance: JsonObject, output: JsonValue, variables: Variables): ToleranceResult {
  const pattern = String(substitute(tolerance['pattern'] ?? '', variables))
  const value = pickTarget(output, tolerance['target'], 'regex')
  if (typeof value !== 'string')
    throw new ToleranceMisfit(`a regex needs a text, the value is ${shown(value)}`)
  return verdict(pythonRegex(pattern).test(value), `a match of /${pattern}/`, value)
}

async function checkJsonPath(
  tolerance: JsonObject,
  output: JsonValue,
  variables: Variables,
): Promise<ToleranceResult> {
  const path = String(substitute(tolerance['path'] ?? '', variables))
  const document = parsedIfJson(pickTarget(output, tolerance['target'], 'jsonpath'))
  const found = await findIn(document, path, tolerance['dialect'])
  if ('expect' in tolerance) {
    const expect = substitute(tolerance['expect'] ?? null, variables)
    const met = pythonEquals(found, Array.isArray(expect) ? expect : [expect])
    return verdict(met, `${shown(expect)} at ${path}`, found.length === 0 ? document : found)
  }
  const count = tolerance['count'] ?? null
  const met = count === null ? found.length > 0 : pythonEquals(found.length, count)
  const expected = `${count === null ? 'a value' : `${shown(count)} values`} at ${path}`
  return verdict(met, expected, found.length === 0 ? document : found)
}

async function findIn(
  document: JsonValue,
  path: string,
  dialect: JsonValue | undefined,
): Promise<JsonValue[]> {
  if (dialect === undefined || dialect === null) return findAll(parseJsonPath(path), document)
  if (dialect !== 'rfc9535') throw new ToleranceMisfit(`there is no jsonpath dialect ${shown(dialect)}`)
  return (await readStandardPath(path)).findAll(document)
}

function parsedIfJson(value: JsonValue): JsonValue {
  if (typeof value !== 'string') return value
  try {
    return plainValue(parseJson(value))
  } catch {
    // A text that is no JSON is looked at as it is (spec 7, jsonpath step 2).
    return value
  }
}

function checkRange(tolerance: JsonObject, output: JsonValue): ToleranceResult {
  const bounds = tolerance['range']
  if (!Array.isArray(bounds)) throw new ToleranceMisfit(`a range needs two bounds, not ${shown(bounds)}`)
  const value = pickTarget(output, tolerance['target'], 'range')
  if (value === null || typeof value === 'object') {
    throw new ToleranceMisfit(`a range needs a number, the value is ${shown(value)}; name a 'target'`)
  }
  const [low, high, actual] = [toDecimal(bounds[0]), toDecimal(bounds[1]), toDecimal(value)]
  const met =
    low !== undefined &&
    high !== undefined &&
    actual !== undefined &&
    compareDecimals(low, actual) <= 0 &&
    compareDecimals(actual, high) <= 0
  return verdict(met, `between ${shown(bounds[0])} and ${shown(bounds[1])}`, value)
}

function toDecimal(value: JsonValue | undefined): Decimal | undefined {
  if (typeof value === 'string') return decimalFromText(value)
  return typeof value === 'number' || typeof value === 'boolean'
    ? decimalFromNumber(Number(value))
    : undefined
}

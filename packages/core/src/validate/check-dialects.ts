import { isObject } from '@squall/contract'
import { readStandardPath } from '../json-path/rfc9535.ts'
import type { PlacedActivity } from './check-references.ts'
import type { Path, Problems } from './problem.ts'

/** Checks the paths of jsonpath tolerances that ask for a dialect of their own. */
export async function checkDialects(
  activities: readonly PlacedActivity[],
  problems: Problems,
): Promise<void> {
  for (const { activity, path } of activities) {
    const { tolerance } = activity
    if (!isObject(tolerance) || tolerance['type'] !== 'jsonpath') continue
    const { dialect } = tolerance
    if (dialect !== undefined && dialect !== null)
      await checkPath(tolerance, [...path, 'tolerance'], problems)
  }
}

async function checkPath(
  { dialect, path }: Record<string, unknown>,
  at: Path,
  problems: Problems,
): Promise<void> {
  if (dialect !== 'rfc9535') {
    const message = `There is no jsonpath dialect ${JSON.stringify(dialect)}.`
    const hint = 'Write "rfc9535", or leave it out for the dialect of Chaos Toolkit.'
    problems.error('jsonpath-dialect', [...at, 'dialect'], message, hint)
    return
  }
  if (typeof path !== 'string' || path.trim() === '') return
  try {
    await readStandardPath(path)
  } catch (error) {
    const message = `The path '${path}' is not valid: ${(error as Error).message.replace(/\.$/, '')}.`
    problems.error('jsonpath-path', [...at, 'path'], message, 'Paths of this dialect follow RFC 9535.')
  }
}

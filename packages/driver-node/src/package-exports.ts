import { isObject } from '@squall/contract'

const conditions: readonly string[] = ['node', 'import', 'default']

/**
 * Looks a subpath (`.` or `./name`) up in the `exports` field of a package.json, by Node's rules for `import`. Gives
 * the path inside the package, `undefined` when the package keeps that subpath to itself.
 */
export function exportedPath(exports: unknown, subpath: string): string | undefined {
  const map = isSubpathMap(exports) ? exports : { '.': exports }
  if (!subpath.includes('*') && Object.hasOwn(map, subpath)) return target(map[subpath], '') ?? undefined
  const pattern = bestPattern(Object.keys(map), subpath)
  if (!pattern) return undefined
  return target(map[pattern.key], pattern.match) ?? undefined
}

function isSubpathMap(exports: unknown): exports is Record<string, unknown> {
  return isObject(exports) && Object.keys(exports).some((key) => key.startsWith('.'))
}

/** The pattern with the longest part before its star wins. */
function bestPattern(keys: readonly string[], subpath: string): { key: string; match: string } | undefined {
  const fitting = keys.filter((key) => {
    const star = key.indexOf('*')
    if (star < 0) return false
    const isLongEnough = subpath.length >= key.length
    return isLongEnough && subpath.startsWith(key.slice(0, star)) && subpath.endsWith(key.slice(star + 1))
  })
  const [key] = fitting.sort((a, b) => b.indexOf('*') - a.indexOf('*') || b.length - a.length)
  if (key === undefined) return undefined
  const star = key.indexOf('*')
  return { key, match: subpath.slice(star, subpath.length - (key.length - star - 1)) }
}

/** `null` forbids a subpath, `undefined` lets the next condition decide. */
function target(value: unknown, match: string): string | null | undefined {
  if (typeof value === 'string') return value.startsWith('./') ? value.replaceAll('*', match) : undefined
  if (Array.isArray(value)) return firstDefined(value, match)
  if (!isObject(value)) return value === null ? null : undefined
  const chosen = Object.keys(value).filter((condition) => conditions.includes(condition))
  return firstDefined(
    chosen.map((condition) => value[condition]),
    match,
  )
}

function firstDefined(values: readonly unknown[], match: string): string | null | undefined {
  for (const value of values) {
    const found = target(value, match)
    if (found !== undefined) return found
  }
  return undefined
}

export function isObject(value) {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** The same value with every string in it replaced. */
export function mapStrings(value, change) {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, change)]))
}

/** A copy in which the values at these paths say `<ignored>`; `*` stands for any key. */
export function without(value, paths) {
  const copy = structuredClone(value)
  for (const path of paths) blank(copy, path.split('.'))
  return copy
}

function blank(node, [head, ...rest]) {
  if (node === null || typeof node !== 'object') return
  for (const key of head === '*' ? Object.keys(node) : [head]) {
    if (!(key in node)) continue
    if (rest.length === 0) node[key] = '<ignored>'
    else blank(node[key], rest)
  }
}

/** Where two JSON values differ, as `[path, want, got]`. */
export function differences(want, got, at = '') {
  if (Array.isArray(want) && Array.isArray(got)) return listDifferences(want, got, at)
  if (isObject(want) && isObject(got)) return objectDifferences(want, got, at)
  return want === got ? [] : [[at, want, got]]
}

function listDifferences(want, got, at) {
  const shorter = want.slice(0, got.length)
  return [
    ...(want.length === got.length ? [] : [[`${at}.length`, want.length, got.length]]),
    ...shorter.flatMap((item, index) => differences(item, got[index], `${at}.${index}`)),
  ]
}

function objectDifferences(want, got, at) {
  const keys = [...new Set([...Object.keys(want), ...Object.keys(got)])]
  return keys.flatMap((key) => {
    const place = `${at}.${key}`
    return key in want && key in got
      ? differences(want[key], got[key], place)
      : [[place, want[key], got[key]]]
  })
}

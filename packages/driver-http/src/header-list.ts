/** Header fields in order, names in any spelling; a name may come more than once. */
export type HeaderList = readonly (readonly [name: string, value: string])[]

/** The values of a header, joined as one. */
export function headerOf(headers: HeaderList, name: string): string | undefined {
  const values = valuesOf(headers, name)
  return values.length === 0 ? undefined : values.join(', ')
}

export function valuesOf(headers: HeaderList, name: string): string[] {
  return headers.filter(([each]) => same(each, name)).map(([, value]) => value)
}

export function withoutHeaders(headers: HeaderList, ...names: string[]): HeaderList {
  return headers.filter(([each]) => !names.some((name) => same(each, name)))
}

/** Sets a header, in place of all of that name. */
export function withHeader(headers: HeaderList, name: string, value: string): HeaderList {
  return [...withoutHeaders(headers, name), [name, value]]
}

/** One value for each name, in the spelling that came first. */
export function headerObject(headers: HeaderList): Record<string, string> {
  const first = headers.filter(([name], at) => headers.findIndex(([each]) => same(each, name)) === at)
  return Object.fromEntries(first.map(([name]) => [name, headerOf(headers, name) ?? '']))
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

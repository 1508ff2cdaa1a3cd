/**
 * What in a value would not be the same after a round trip through JSON, such as `the result.at is a Date`; undefined
 * when all would.
 */
export function jsonFlaw(value: unknown, name: string, around: readonly object[] = []): string | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return undefined
    case 'number':
      return numberFlaw(value, name)
    case 'object':
      return value === null ? undefined : objectFlaw(value, name, around)
    default:
      return `${name} is ${value === undefined ? 'undefined' : `a ${typeof value}`}`
  }
}

function numberFlaw(value: number, name: string): string | undefined {
  if (Object.is(value, -0)) return `${name} is -0`
  return Number.isFinite(value) ? undefined : `${name} is ${value}`
}

function objectFlaw(value: object, name: string, around: readonly object[]): string | undefined {
  if (around.includes(value)) return `${name} contains itself`
  if (!isPlain(value)) return `${name} is a ${value.constructor?.name ?? 'foreign object'}`
  const below = [...around, value]
  // `Array.from` also sees the holes of an array.
  const flaws = Array.isArray(value)
    ? Array.from(value, (item, index) => jsonFlaw(item, `${name}[${index}]`, below))
    : Object.entries(value).map(([key, item]) => jsonFlaw(item, `${name}.${key}`, below))
  return flaws.find((flaw) => flaw !== undefined)
}

/** An array, or an object literal; also of another realm. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null
}

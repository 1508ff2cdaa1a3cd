// Schemas written by hand, so that other processes start in no time.

/** @param {unknown} value */
const isText = (value) => typeof value === 'string'

/**
 * @param {Record<string, { type: string, fits: (value: unknown) => boolean, default?: unknown }>} fields
 */
export function objectOf(fields) {
  const properties = Object.fromEntries(Object.entries(fields).map(([key, { type }]) => [key, { type }]))
  const jsonSchema = () => ({ type: 'object', properties })
  return {
    '~standard': {
      version: 1,
      vendor: 'lamps',
      validate: (/** @type {unknown} */ value) => {
        const given = /** @type {Record<string, unknown>} */ (value ?? {})
        const filled = Object.entries(fields).map(([key, field]) => [key, given[key] ?? field.default])
        const issues = filled
          .filter(([key, member]) => !fields[String(key)]?.fits(member))
          .map(([key]) => ({ message: 'does not fit', path: [key] }))
        return issues.length > 0 ? { issues } : { value: Object.fromEntries(filled) }
      },
      jsonSchema: { input: jsonSchema, output: jsonSchema },
    },
  }
}

/** @param {unknown} value */
const isCount = (value) => Number.isInteger(value) && Number(value) >= 0

export const lampArgs = objectOf({ lamp: { type: 'string', fits: isText } })
export const folderArgs = objectOf({
  folder: { type: 'string', fits: isText },
  count: { type: 'integer', fits: isCount, default: 1 },
  pause_ms: { type: 'integer', fits: isCount, default: 0 },
})
export const textsArgs = objectOf({
  texts: { type: 'array', fits: (value) => Array.isArray(value) && value.every(isText) },
})

import type { Scheme } from './scheme.ts'

/** How each security scheme of the document is served. */
export const schemes: Readonly<Record<string, Scheme>> = {}

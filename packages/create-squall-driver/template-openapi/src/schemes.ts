import type { Scheme } from './credentials.ts'

/** How each security scheme of the document is served. */
export const schemes: Readonly<Record<string, Scheme>> = {}

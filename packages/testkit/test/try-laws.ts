import type { Law } from '../src/index.ts'

/** Tries laws one after another, as a test runner would: what broke, with which message. */
export async function failuresOf(laws: readonly Law[]): Promise<Record<string, string>> {
  const failures: Record<string, string> = {}
  for (const { name, check } of laws) {
    await check().catch((error: Error) => {
      failures[name] = error.message
    })
  }
  return failures
}

/** The laws that none of `broken` breaks, by their texts: a law is the same for everything that it is about. */
export function unproven(names: readonly string[], broken: readonly { readonly breaks: string }[]): string[] {
  const textOf = (name: string): string => name.replace(/^[^:]*: /, '')
  const proven = new Set(broken.map(({ breaks }) => textOf(breaks)))
  return [...new Set(names.map(textOf))].filter((text) => !proven.has(text))
}

import { importModule } from '@squall/core'

/** The library that asks questions. */
export async function loadPrompts(): Promise<typeof import('./prompts.ts')> {
  // The same place holds in this package and in its bundle.
  const file = new URL('./prompts.js', import.meta.url)
  return (await importModule(file.href)) as typeof import('./prompts.ts')
}

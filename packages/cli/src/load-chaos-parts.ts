import { importModule } from '@squall/core'

export type ChaosParts = typeof import('./chaos-parts.ts')

/** Continuous chaos, its simulator and its server. */
export async function loadChaosParts(): Promise<ChaosParts> {
  // The same place holds in this package and in its bundle.
  const file = new URL('./chaos-parts.js', import.meta.url)
  return (await importModule(file.href)) as ChaosParts
}

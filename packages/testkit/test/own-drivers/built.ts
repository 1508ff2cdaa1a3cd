import { readFileSync } from 'node:fs'

/** The file of one of our drivers that runs load, as its package names it; other processes import it. */
export function builtDriver(name: string): URL {
  const manifest = new URL(`../../../driver-${name}/package.json`, import.meta.url)
  const { squall } = JSON.parse(readFileSync(manifest, 'utf8')) as { squall: { driver: string } }
  return new URL(squall.driver, manifest)
}

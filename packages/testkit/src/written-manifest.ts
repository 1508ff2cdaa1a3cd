import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { isObject } from '@squall/contract'

/** A manifest as a build wrote it. */
export interface WrittenManifest {
  readonly file: string
  readonly manifest: unknown
}

/**
 * Reads the manifest that the package of a driver names. Undefined for a driver without one: no package.json above it
 * says that it is a driver. Rejects when it is named and cannot be read.
 */
export async function writtenManifest(driverFile: string): Promise<WrittenManifest | undefined> {
  const folder = path.dirname(fileURLToPath(driverFile))
  const found = await packageAbove(folder)
  if (!found) return undefined
  const { squall } = found.json
  const named = isObject(squall) ? squall['manifest'] : undefined
  if (typeof named !== 'string') return undefined
  const file = path.join(found.folder, named)
  return { file, manifest: JSON.parse(await readFile(file, 'utf8')) }
}

async function packageAbove(
  folder: string,
): Promise<{ folder: string; json: Record<string, unknown> } | undefined> {
  const text = await readFile(path.join(folder, 'package.json'), 'utf8').catch(() => undefined)
  if (text !== undefined) return { folder, json: JSON.parse(text) }
  const parent = path.dirname(folder)
  return parent === folder ? undefined : packageAbove(parent)
}

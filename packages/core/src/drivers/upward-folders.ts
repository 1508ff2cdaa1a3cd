import { statSync } from 'node:fs'
import path from 'node:path'

/** A folder and all those it lies in, the nearest first. */
export function* upwards(folder: string): Generator<string> {
  let current = path.resolve(folder)
  for (;;) {
    yield current
    const parent = path.dirname(current)
    if (parent === current) return
    current = parent
  }
}

export function hasPackageJson(folder: string): boolean {
  return statSync(path.join(folder, 'package.json'), { throwIfNoEntry: false })?.isFile() === true
}

export function exists(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false }) !== undefined
}

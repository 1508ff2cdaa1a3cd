import { type Stats, statSync } from 'node:fs'
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
  return statOf(path.join(folder, 'package.json'))?.isFile() === true
}

export function exists(file: string): boolean {
  return statOf(file) !== undefined
}

function statOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false })
  } catch {
    // A folder that may not be entered, or a link that leads to itself, holds nothing for us.
    return undefined
  }
}

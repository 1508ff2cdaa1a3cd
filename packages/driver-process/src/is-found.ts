import { findProgram, type ProgramWorld } from './find-program.ts'

/** Thousands of activities of one file often name the same few programs. */
const mostKept = 1000
const found = new Set<string>()

/**
 * Tells whether a program is there, for validation: one that was there before counts as found without a look. During a
 * run it is looked up each time.
 */
export function isFound(name: string, world: ProgramWorld): boolean {
  const key = `${world.platform}\0${world.environment['PATH']}\0${name}`
  if (found.has(key)) return true
  if (findProgram(name, world) === undefined) return false
  if (found.size >= mostKept) found.clear()
  found.add(key)
  return true
}

import { cannotStart } from '../cannot-start.ts'
import { type RunChild, tagVariable } from '../run-child.ts'
import { attendChild } from './attend-child.ts'

/** Runs a child with Node.js alone: the everyday way, which loads next to nothing. */
export const runWithNode: RunChild = async (request) => {
  const { command, tag } = request
  const shell = command.kind === 'shell'
  try {
    // Not imported: validation, which starts nothing, does without.
    const { spawn } = process.getBuiltinModule('node:child_process')
    const child = spawn(shell ? command.line : command.path, shell ? [] : command.args, {
      shell,
      stdio: ['inherit', 'pipe', 'pipe'],
      env: { ...process.env, [tagVariable]: tag },
    })
    return await attendChild(child, request, async (running) => {
      // Loaded when it comes to that: most children end by themselves.
      const { killFamily } = await import('./kill-family.ts')
      return killFamily(running, tag)
    })
  } catch (error) {
    throw cannotStart(command, error)
  }
}

import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { WorkerPlace } from '../python-world.ts'

/** Runs a program to its end and hands on each line it prints. Resolves to its exit code; an abort kills it. */
export function runProgram(
  program: string,
  args: readonly string[],
  { environment, directory }: WorkerPlace,
  signal: AbortSignal,
  onLine: (line: string) => void,
): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: directory,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
      killSignal: 'SIGKILL',
    })
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', onLine)
    child.on('error', reject)
    child.on('close', resolve)
  })
}

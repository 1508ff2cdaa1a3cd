import path from 'node:path'
import { execa } from 'execa'
import { describe, expect, it } from 'vitest'
import { here } from '../requirements.ts'

export interface MutationTests {
  /** Mutants that the command line gets in one process, half of them in each of two. */
  readonly inside: number
  /** Mutants that a process of its own gets each. */
  readonly outside: number
}

const script = path.join(here, 'mutated/run.mjs')
const longestMs = 3_000_000

/**
 * However wrong a file is: no stack trace, no exit code but 0, 1 and 2, and a journal once a run has begun. The seeds are
 * printed; `node test/mutated/run.mjs --seed N` plays one again.
 */
export function mutationTests({ inside, outside }: MutationTests): void {
  describe('a mutated experiment shows no stack trace, loses no journal and ends with 0, 1 or 2', () => {
    it(
      `${inside} and ${outside} times`,
      async () => {
        const half = ['--inside', String(inside / 2), '--outside', String(outside / 2)]
        const seed = Date.now() % 2 ** 31
        const told = await Promise.all([
          play([...half, '--seed', `${seed}`]),
          play([...half, '--seed', `${seed + 1}`]),
        ])
        process.stdout.write(`${told.map(({ output }) => output).join('\n')}\n`)
        expect(told.map(({ exit }) => exit)).toEqual([0, 0])
      },
      longestMs,
    )
  })
}

async function play(words: readonly string[]): Promise<{ exit: number | undefined; output: string }> {
  const options = { reject: false, all: true, stdin: 'ignore', timeout: longestMs } as const
  const { exitCode, all } = await execa(process.execPath, [script, ...words], options)
  return { exit: exitCode, output: all }
}

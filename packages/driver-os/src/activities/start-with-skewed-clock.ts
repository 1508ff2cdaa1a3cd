import path from 'node:path'
import { defineAction } from '@squall/contract'
import { z } from 'zod'
import type { OsSystem } from '../os-system.ts'
import { needsClockLibrary } from '../requirements.ts'
import { startChildren } from '../start-children.ts'

export function startWithSkewedClock(system: OsSystem) {
  const args = z
    .strictObject({
      command: z.array(z.string()).min(1).describe('A program and its arguments.'),
      ahead: z.coerce.number().describe('Seconds by which its clock is ahead, behind when negative.'),
      rate: z.coerce.number().min(0.01).max(100).default(1).describe('How fast its clock goes.'),
      directory: z.string().min(1).optional().describe('Where it runs. Default: where the experiment is.'),
      environment: z.record(z.string(), z.string()).default({}).describe('What it finds in its environment.'),
    })
    .superRefine((_, context) => needsClockLibrary(system, context))
  return defineAction({
    summary: 'Starts a program whose clock is skewed, and leaves it running until undone.',
    args,
    result: z.object({ pid: z.int() }),
    undoneBy: ['end_children'],
    targets: async ({ command }) => [`a new process: ${command.join(' ')}`],
    run: async (given, context) => {
      const command = given.command as [string, ...string[]]
      const directory = path.resolve(context.directory, given.directory ?? '.')
      const environment = { ...given.environment, ...skew(given, system.clockLibrary() ?? '') }
      const work = { kind: 'program', command, directory, environment } as const
      const [child] = await startChildren([work], 'clock', system, context)
      return { pid: child?.pid ?? 0 }
    },
  })
}

function skew({ ahead, rate }: { ahead: number; rate: number }, library: string): Record<string, string> {
  const speed = rate === 1 ? '' : ` x${rate}`
  return {
    LD_PRELOAD: library,
    FAKETIME: `${ahead < 0 ? '' : '+'}${ahead}s${speed}`,
    // A skewed monotonic clock makes waits of the program end at once or never.
    DONT_FAKE_MONOTONIC: '1',
  }
}

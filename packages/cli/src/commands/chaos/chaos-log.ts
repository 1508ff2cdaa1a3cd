import type { Log } from '@squall/contract'
import { safe } from '../../terminal/paint.ts'
import type { CommandContext } from '../command-context.ts'

/** What drivers and the engine say, on stderr: warnings always, the rest with --verbose. */
export function chaosLog({ terminal, paint, global }: CommandContext): Log {
  const say = (style: 'dim' | 'yellow') => (message: string) =>
    terminal.err(`${paint(style, safe(message))}\n`)
  const quiet = (): void => undefined
  const verbose = global.verbose ? say('dim') : quiet
  return { debug: verbose, info: verbose, warn: say('yellow') }
}

import path from 'node:path'
import type { CommandContext } from './command-context.ts'

/** The reference's settings file and squall's over it; or the one that was named (spec 19). */
export function settingsFiles({ global, terminal }: CommandContext): string[] {
  if (global.settings !== undefined) return [path.resolve(terminal.workingDirectory, global.settings)]
  const config = terminal.environment['XDG_CONFIG_HOME'] ?? path.join(terminal.home, '.config')
  return [
    path.join(terminal.home, '.chaostoolkit', 'settings.yaml'),
    path.join(config, 'squall', 'settings.yaml'),
  ]
}

import type { Call } from './command-line/perform.ts'
import type { CommandContext } from './commands/command-context.ts'

type Perform = (call: Call, context: CommandContext) => Promise<number>

const first = ({ words }: Call): string => words[0] ?? ''

/** Each command's code is loaded when it is used. */
const commands: Readonly<Record<string, Perform>> = {
  run: async (call, context) =>
    (await import('./commands/run.ts')).runCommand(first(call), call.options as never, context),
  validate: async (call, context) =>
    (await import('./commands/validate.ts')).validateCommand(first(call), call.options as never, context),
  plan: async (call, context) =>
    (await import('./commands/plan.ts')).planCommand(first(call), call.options as never, context),
  drivers: async ({ options }, context) =>
    (await import('./commands/drivers.ts')).driversCommand(options as never, context),
  discover: async (call, context) =>
    (await import('./commands/discover.ts')).discoverCommand(first(call), call.options as never, context),
  init: async ({ options }, context) =>
    (await import('./commands/init.ts')).initCommand(options as never, context),
  recover: async ({ options }, context) =>
    (await import('./commands/recover.ts')).recoverCommand(options as never, context),
  stop: async ({ words, options }, context) =>
    (await import('./commands/stop.ts')).stopCommand(words[0], options as never, context),
  'journal verify': async (call, context) =>
    (await import('./commands/journal.ts')).verifyCommand(first(call), context),
  'journal fold': async (call, context) =>
    (await import('./commands/journal.ts')).foldCommand(first(call), call.options as never, context),
  info: async (call, context) =>
    (await import('./commands/info.ts')).infoCommand(first(call), call.options as never, context),
  'settings show': async ({ options }, context) =>
    (await import('./commands/settings.ts')).showSettingsCommand(options as never, context),
  'settings get': async (call, context) =>
    (await import('./commands/settings.ts')).getSettingCommand(first(call), call.options as never, context),
  'settings set': async ({ words, options }, context) =>
    (await import('./commands/change-settings.ts')).setSettingCommand(
      words[0] ?? '',
      words[1] ?? '',
      options as never,
      context,
    ),
  'settings remove': async (call, context) =>
    (await import('./commands/change-settings.ts')).removeSettingCommand(first(call), context),
  schema: async ({ options }, context) =>
    (await import('./commands/write-kit.ts')).schemaCommand(options as never, context),
  types: async ({ options }, context) =>
    (await import('./commands/write-kit.ts')).typesCommand(options as never, context),
  docs: async ({ words, options }, context) =>
    (await import('./commands/write-kit.ts')).docsCommand(words[0], options as never, context),
  completion: async (call, context) =>
    (await import('./commands/completion.ts')).completionCommand(first(call) as never, context),
  'complete-words': async ({ words }, context) =>
    (await import('./commands/completion.ts')).completeWordsCommand(
      (words as unknown[]).flat() as string[],
      context,
    ),
  'chaos serve': async ({ options }, context) =>
    (await import('./commands/chaos/serve.ts')).serveCommand(options as never, context),
  'chaos run': async ({ options }, context) =>
    (await import('./commands/chaos/run.ts')).chaosRunCommand(options as never, context),
  'chaos rehearse': async ({ options }, context) =>
    (await import('./commands/chaos/rehearse.ts')).rehearseCommand(options as never, context),
  'chaos explain': async ({ options }, context) =>
    (await import('./commands/chaos/explain.ts')).explainCommand(options as never, context),
  'chaos targets': async ({ options }, context) =>
    (await import('./commands/chaos/targets.ts')).targetsCommand(options as never, context),
  'chaos events': async ({ options }, context) =>
    (await import('./commands/chaos/events.ts')).eventsCommand(options as never, context),
  'chaos report': async ({ options }, context) =>
    (await import('./commands/chaos/report.ts')).reportCommand(options as never, context),
  'chaos start': async ({ options }, context) =>
    (await import('./commands/chaos/client-commands.ts')).startCommand(options as never, context),
  'chaos stop': async ({ options }, context) =>
    (await import('./commands/chaos/client-commands.ts')).stopChaosCommand(options as never, context),
  'chaos get': async ({ options }, context) =>
    (await import('./commands/chaos/client-commands.ts')).getChaosCommand(options as never, context),
  'chaos schedule get': async ({ options }, context) =>
    (await import('./commands/chaos/client-commands.ts')).getScheduleCommand(options as never, context),
  'chaos schedule set': async (call, context) =>
    (await import('./commands/chaos/client-commands.ts')).setScheduleCommand(
      first(call),
      call.options as never,
      context,
    ),
  'lab up': async ({ options }, context) =>
    (await import('./commands/lab.ts')).labUpCommand(options as never, context),
  'lab status': async ({ options }, context) =>
    (await import('./commands/lab.ts')).labStatusCommand(options as never, context),
  'lab down': async ({ options }, context) =>
    (await import('./commands/lab.ts')).labDownCommand(options as never, context),
  'lab run': async ({ words }, context) =>
    (await import('./commands/lab-run.ts')).labRunCommand(words[0], context),
}

/** Runs a command and resolves to the exit code. */
export async function performCommand(call: Call, context: CommandContext): Promise<number> {
  const perform = commands[call.command]
  if (!perform) throw new TypeError(`Nothing performs '${call.command}'.`)
  return perform(call, context)
}

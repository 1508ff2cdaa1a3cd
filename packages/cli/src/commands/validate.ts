import { validateExperiment } from '@squall/core'
import { problemsText } from '../terminal/show-problems.ts'
import type { CommandContext } from './command-context.ts'
import { registryOf, settingsOf } from './find-project.ts'
import { loadSource } from './load-source.ts'
import { readOverrides, type VariableOptions } from './variables.ts'

export interface ValidateCommandOptions extends VariableOptions {
  readonly verifyTls: boolean
  readonly driver: readonly string[]
  readonly python?: string
}

/** `squall validate SOURCE`: 0 when the experiment is valid, 1 with every problem otherwise. */
export async function validateCommand(
  source: string,
  options: ValidateCommandOptions,
  context: CommandContext,
): Promise<number> {
  const { terminal, paint } = context
  const overrides = await readOverrides(options, context)
  const settings = await settingsOf(context)
  const loaded = await loadSource(source, settings, options.verifyTls, context)
  const drivers = await registryOf(context, settings, {
    directory: loaded.directory,
    named: options.driver,
    python: options.python,
  })
  const validation = await validateExperiment(loaded, { drivers, overrides })
  terminal.err(problemsText(validation.problems, paint))
  if (!validation.valid) {
    terminal.err(`${source} is not valid: ${countOf(validation.problems.length)}.\n`)
    return 1
  }
  terminal.err(`${paint('green', '✓')} ${source} is a valid experiment.\n`)
  return 0
}

function countOf(count: number): string {
  return `${count} ${count === 1 ? 'problem' : 'problems'}`
}

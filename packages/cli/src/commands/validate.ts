import { SquallError } from '@squall/contract'
import { type Validation, validateExperiment, withoutSecrets } from '@squall/core'
import { problemsText } from '../terminal/show-problems.ts'
import { validationLines } from '../terminal/validation-lines.ts'
import type { CommandContext } from './command-context.ts'
import { registryOf, settingsOf } from './find-project.ts'
import { folderOf, loadSource } from './load-source.ts'
import { notifierOf } from './notifier.ts'
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
  const drivers = await registryOf(context, settings, {
    directory: folderOf(source, context),
    named: options.driver,
    python: options.python,
  })
  const loaded = await loadSource(source, settings, options.verifyTls, context, { drivers })
  const tell = await notifierOf({ settings, registry: drivers, directory: loaded.directory }, context)
  const payload = withoutSecrets(loaded.raw, { overrides, environment: terminal.environment })
  await tell('validate-started', { payload })
  terminal.note(validationLines.before)
  const validation = await validateExperiment(loaded, { drivers, overrides })
  terminal.err(problemsText(validation.problems, paint), validation.valid ? 'WARNING' : 'ERROR')
  if (!validation.valid) {
    await tell('validate-failed', { payload, error: notValid(source, validation) })
    terminal.err(
      `${source} is not valid: ${countOf(validation.problems.filter(({ level }) => level === 'error').length)}.\n`,
      'ERROR',
    )
    return 1
  }
  terminal.note(validationLines.valid)
  await tell('validate-completed', { payload })
  terminal.err(`${paint('green', '✓')} ${source} is a valid experiment.\n`)
  return 0
}

/** The reference's name for it, since channels may look for that. */
function notValid(source: string, { problems }: Validation): Error {
  const error = new SquallError('SQUALL_EXPERIMENT_INVALID', { source, count: problems.length })
  const first = problems.find(({ level }) => level === 'error')?.message ?? ''
  return Object.assign(new Error(`${error.message} ${first}`), { name: 'InvalidExperiment' })
}

function countOf(count: number): string {
  return `${count} ${count === 1 ? 'problem' : 'problems'}`
}

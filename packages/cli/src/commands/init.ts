import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Discovery, isObject, type JsonObject, SquallError } from '@squall/contract'
import { type DriverRegistry, validateExperiment, yamlText } from '@squall/core'
import { choicesOf } from '../discovery/choices.ts'
import { terminalPrompter } from '../host/terminal-prompter.ts'
import { problemsText } from '../terminal/show-problems.ts'
import { askExperiment } from '../wizard/ask-experiment.ts'
import { WizardCancelled } from '../wizard/prompter.ts'
import { templates } from '../wizard/templates.ts'
import type { CommandContext } from './command-context.ts'
import { registryOf, settingsOf } from './find-project.ts'
import { notifierOf } from './notifier.ts'

export interface InitCommandOptions {
  readonly discoveryPath: string
  readonly experimentPath: string
  readonly template?: string
  readonly title?: string
  readonly description?: string
  readonly yes?: boolean
  readonly nonInteractive?: boolean
  readonly force?: boolean
  readonly driver: readonly string[]
  readonly python?: string
}

/** `squall init`: writes a valid experiment, from a template or from a person's answers. */
export async function initCommand(options: InitCommandOptions, context: CommandContext): Promise<number> {
  const { terminal, paint } = context
  const file = path.resolve(terminal.workingDirectory, options.experimentPath)
  const write = writerFor(file)
  const asks = options.template === undefined && !options.yes && !options.nonInteractive && terminal.canAsk
  if (
    existsSync(file) &&
    !options.force &&
    !(asks && (await terminal.confirm(`Replace ${options.experimentPath}?`)))
  )
    throw new SquallError('SQUALL_EXPERIMENT_THERE', { path: options.experimentPath })
  const settings = await settingsOf(context)
  const registry = await registryOf(context, settings, { named: options.driver, python: options.python })
  const tell = await notifierOf({ settings, registry, directory: terminal.workingDirectory }, context)
  await tell('init-started', { payload: null })
  const experiment = asks ? await interview(options, registry, context) : fromTemplate(options)
  if (!experiment) return 1
  const { valid, text } = await checked(experiment, file, registry)
  terminal.err(text(paint))
  if (!valid) return 1
  await write(experiment)
  await tell('init-completed', { payload: experiment })
  terminal.err(
    `${paint('green', '✓')} ${options.experimentPath} is written. Next: squall run ${options.experimentPath}\n`,
  )
  return 0
}

/** Settles the format before anything is asked. */
function writerFor(file: string): (experiment: JsonObject) => Promise<void> {
  const extension = path.extname(file).toLowerCase()
  if (extension !== '.json' && extension !== '.yaml' && extension !== '.yml') {
    const reason = 'An experiment is written as .json, .yaml or .yml.'
    throw new SquallError('SQUALL_USAGE', { reason })
  }
  return async (experiment) => {
    const text =
      extension === '.json' ? `${JSON.stringify(experiment, null, 2)}\n` : await yamlText(experiment)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
}

function fromTemplate({ template = 'minimal', title, description }: InitCommandOptions): JsonObject {
  return {
    title: title ?? 'An experiment',
    description: description ?? 'N/A',
    tags: [],
    ...templates[template],
  }
}

async function interview(
  options: InitCommandOptions,
  registry: DriverRegistry,
  context: CommandContext,
): Promise<JsonObject | undefined> {
  const ask = await terminalPrompter()
  const discovery = readDiscovery(path.resolve(context.terminal.workingDirectory, options.discoveryPath))
  try {
    return await askExperiment({
      ask,
      choices: choicesOf(registry, discovery),
      title: options.title,
      description: options.description,
      problemsOf: async (experiment) => {
        const { problems } = await validation(experiment, '', registry)
        return problems
          .filter(({ level }) => level === 'error')
          .map(({ message, hint }) => `${message} ${hint}`)
      },
    })
  } catch (error) {
    if (!(error instanceof WizardCancelled)) throw error
    context.terminal.err(`${error.message}\n`)
    return undefined
  }
}

function readDiscovery(file: string): Discovery | undefined {
  if (!existsSync(file)) return undefined
  const broken = (cause?: unknown): SquallError => {
    const reason = 'it is no discovery file'
    const hint = 'Write it anew with `squall discover`, or name another one with --discovery-path.'
    return new SquallError('SQUALL_SOURCE_UNREADABLE', { source: file, reason }, { cause, hint })
  }
  let parsed: unknown
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw broken(cause)
  }
  if (!isObject(parsed) || !Array.isArray(parsed['activities'])) throw broken()
  return parsed as unknown as Discovery
}

function validation(
  experiment: JsonObject,
  file: string,
  drivers: DriverRegistry,
): ReturnType<typeof validateExperiment> {
  const text = JSON.stringify(experiment, null, 2)
  const directory = path.dirname(file)
  return validateExperiment({ source: file, raw: experiment, text, format: 'json', directory }, { drivers })
}

async function checked(
  experiment: JsonObject,
  file: string,
  registry: DriverRegistry,
): Promise<{ valid: boolean; text: (paint: CommandContext['paint']) => string }> {
  const { valid, problems } = await validation(experiment, file, registry)
  return { valid, text: (paint) => (valid ? '' : problemsText(problems, paint)) }
}

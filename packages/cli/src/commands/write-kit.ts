import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { type DriverManifest, SquallError } from '@squall/contract'
import { activityTable } from '../kit/activity-table.ts'
import { experimentSchema } from '../kit/experiment-schema.ts'
import { typeDeclarations } from '../kit/type-declarations.ts'
import type { CommandContext } from './command-context.ts'
import { registryOf, settingsOf } from './find-project.ts'

export interface KitCommandOptions {
  readonly driver: readonly string[]
  /** `-` is stdout. */
  readonly output: string
}

/** `squall schema`: a JSON Schema of experiments with what the installed drivers offer. */
export async function schemaCommand(options: KitCommandOptions, context: CommandContext): Promise<number> {
  const manifests = await installed(options, context)
  write(`${JSON.stringify(experimentSchema(manifests), null, 2)}\n`, options.output, manifests, context)
  if (options.output !== '-') context.terminal.err(editorLines(options.output))
  return 0
}

/** `squall types`: a .d.ts file for `defineExperiment`. */
export async function typesCommand(options: KitCommandOptions, context: CommandContext): Promise<number> {
  const manifests = await installed(options, context)
  write(typeDeclarations(manifests), options.output, manifests, context)
  return 0
}

/** `squall docs [DRIVER]`: the tables of what a driver offers, in Markdown. */
export async function docsCommand(
  name: string | undefined,
  options: Pick<KitCommandOptions, 'driver'>,
  context: CommandContext,
): Promise<number> {
  const registry = await registryOf(context, await settingsOf(context), { named: options.driver })
  const chosen = registry.drivers.filter(
    (driver) => name === undefined || driver.name === name || driver.manifest.name === name,
  )
  if (name !== undefined && chosen.length === 0) {
    throw new SquallError('SQUALL_DRIVER_NOT_FOUND', { name, from: context.terminal.workingDirectory })
  }
  const parts = chosen.map(({ manifest }) =>
    name === undefined ? `## ${manifest.name}\n\n${activityTable(manifest)}` : activityTable(manifest),
  )
  context.terminal.out(parts.join('\n'))
  return 0
}

async function installed(
  { driver }: Pick<KitCommandOptions, 'driver'>,
  context: CommandContext,
): Promise<readonly DriverManifest[]> {
  const registry = await registryOf(context, await settingsOf(context), { named: driver })
  return registry.drivers.map(({ manifest }) => manifest)
}

function write(
  text: string,
  place: string,
  manifests: readonly DriverManifest[],
  { terminal, paint }: CommandContext,
): void {
  if (place === '-') return terminal.out(text)
  writeFileSync(path.resolve(terminal.workingDirectory, place), text)
  const names = manifests.map(({ name }) => name).join(', ')
  terminal.err(`${paint('green', '✓')} ${place} knows ${names === '' ? 'no driver' : names}.\n`)
}

function editorLines(place: string): string {
  return `VS Code, in .vscode/settings.json:
  "json.schemas": [{ "fileMatch": ["*experiment*.json"], "url": "./${place}" }]
yaml-language-server, as the first line of a YAML file:
  # yaml-language-server: $schema=${place}
`
}

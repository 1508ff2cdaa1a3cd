import { existsSync, readFileSync } from 'node:fs'
import { chaoslibVersion, version } from '@squall/core'
import { table } from '../terminal/table.ts'
import type { CommandContext } from './command-context.ts'
import { registryOf, settingsOf } from './find-project.ts'
import { installedExtensions } from './installed-extensions.ts'
import { noFileText } from './settings.ts'
import { settingsFiles } from './settings-files.ts'

export interface InfoCommandOptions {
  readonly json?: boolean
  readonly driver: readonly string[]
  readonly python?: string
}

type Row = Readonly<Record<string, string>>

/** `squall info core|drivers|extensions|settings`. */
export async function infoCommand(
  what: string,
  options: InfoCommandOptions,
  context: CommandContext,
): Promise<number> {
  if (what === 'settings') return settingsInfo(context)
  const rows = await rowsOf(what, options, context)
  context.terminal.out(options.json ? `${JSON.stringify(rows, null, 2)}\n` : asTable(rows, what))
  if (rows.length === 0) context.terminal.err(nothing[what] ?? '')
  return 0
}

const nothing: Readonly<Record<string, string>> = {
  drivers: 'No driver is installed here. Add one, for example: npm install @squall/driver-http\n',
  extensions: 'No Chaos Toolkit extension was found here.\n',
}

/** A header, and columns that begin where the reference's do (spec 21) so that scripts that cut lines go on working. */
function asTable(rows: readonly Row[], what: string): string {
  const keys = Object.keys(rows[0] ?? { name: '', version: '', license: '', description: '' })
  const widths = what === 'core' ? [18] : [38, 8, 28]
  const lines = [
    keys.map((key) => key.toUpperCase()),
    ...rows.map((row) => keys.map((key) => row[key] ?? '')),
  ]
  return table(lines, widths)
}

async function rowsOf(
  what: string,
  { driver: named, python }: InfoCommandOptions,
  context: CommandContext,
): Promise<readonly Row[]> {
  if (what === 'core') {
    return [
      { name: 'CLI', version },
      { name: 'Core library', version },
      { name: 'Node', version: context.terminal.nodeVersion },
      { name: 'Journal format', version: `chaoslib ${chaoslibVersion}` },
    ]
  }
  const registry = await registryOf(context, await settingsOf(context), { named, python })
  if (what === 'extensions') return (await installedExtensions(registry, context)).map((row) => ({ ...row }))
  return registry.drivers.map(({ name, version: own, folder, manifest }) => ({
    name,
    version: own,
    license: licenseOf(folder),
    description: manifest.summary,
  }))
}

function licenseOf(folder: string): string {
  const { license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as { license?: unknown }
  return typeof license === 'string' ? license : ''
}

/** The files as they are. */
function settingsInfo(context: CommandContext): number {
  const files = settingsFiles(context)
  const there = files.filter((file) => existsSync(file))
  if (there.length === 0) context.terminal.out(noFileText(files))
  for (const file of there) {
    if (there.length > 1) context.terminal.out(`# ${file}\n`)
    context.terminal.out(readFileSync(file, 'utf8'))
  }
  return 0
}

import type { DriverPackage } from '@squall/core'
import { table } from '../terminal/table.ts'
import type { CommandContext } from './command-context.ts'
import { registryOf, settingsOf } from './find-project.ts'

export interface DriversCommandOptions {
  readonly json?: boolean
  readonly driver: readonly string[]
}

/** `squall drivers`: what is installed and what each driver offers, read from manifests alone. */
export async function driversCommand(
  options: DriversCommandOptions,
  context: CommandContext,
): Promise<number> {
  const { terminal, paint } = context
  const registry = await registryOf(context, await settingsOf(context), { named: options.driver })
  if (options.json) {
    const list = registry.drivers.map(({ name, version, folder, manifest }) => ({
      name,
      version,
      folder,
      manifest,
    }))
    terminal.out(`${JSON.stringify(list, null, 2)}\n`)
    return 0
  }
  if (registry.drivers.length === 0) {
    terminal.err('No driver is installed here. Add one, for example: npm install @squall/driver-http\n')
    return 0
  }
  terminal.out(registry.drivers.map((driver) => driverText(driver, paint)).join('\n'))
  return 0
}

function driverText({ name, version, manifest }: DriverPackage, paint: CommandContext['paint']): string {
  const head = `${paint('bold', name)} ${version}  ${manifest.summary}\n`
  const raw = Object.entries(manifest.providers).filter(
    ([type]) => type !== manifest.name || noActivities(manifest),
  )
  const rows = [
    ...raw.map(([type, provider]) => ['  provider', type, '', provider.summary]),
    ...Object.entries(manifest.activities).map(([func, activity]) => [
      `  ${activity.kind}`,
      `${manifest.name}.${func}`,
      undoText(activity),
      activity.summary,
    ]),
    ...partRows('control', manifest.name, manifest.controls),
    ...partRows('resolver', undefined, manifest.resolvers),
    ...partRows('notifier', undefined, manifest.notifiers),
    ...manifest.aliases.map((alias) => [
      '  stands in',
      `${alias.provider} ${alias.module}`,
      '',
      [
        ...Object.keys(alias.functions),
        ...(alias.control ? [`the control ${alias.control.control}`] : []),
      ].join(', '),
    ]),
  ]
  return `${head}${table(rows)}`
}

function partRows(
  what: string,
  owner: string | undefined,
  parts: Readonly<Record<string, string>> | undefined,
): string[][] {
  const prefix = owner === undefined ? '' : `${owner}.`
  return Object.entries(parts ?? {}).map(([name, summary]) => [`  ${what}`, `${prefix}${name}`, '', summary])
}

function noActivities(manifest: DriverPackage['manifest']): boolean {
  return Object.keys(manifest.activities).length === 0
}

function undoText({ changes, undoneBy }: DriverPackage['manifest']['activities'][string]): string {
  if (!changes) return ''
  return undoneBy ? 'undone' : 'no undo'
}

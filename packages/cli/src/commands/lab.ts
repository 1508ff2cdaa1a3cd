import path from 'node:path'
import { SquallError } from '@squall/contract'
import { importModule } from '@squall/core'
import type { LabStatus } from '@squall/lab'
import { table } from '../terminal/table.ts'
import type { CommandContext } from './command-context.ts'
import { startCompanion, stopCompanions } from './lab-companions.ts'

export interface LabUpOptions {
  readonly instances: number
  readonly hosts?: number
  readonly with: readonly string[]
  readonly driver: readonly string[]
  readonly keeper?: boolean
  readonly dir?: string
  readonly gatewayPort: number
  readonly datasourcePort: number
  readonly showdataPort: number
  readonly recoverWithin?: number
  readonly recoverAfter?: number
  readonly answer503?: boolean
}

/** The lab is a package of its own; the bare command works without it. */
export async function loadLab(): Promise<typeof import('@squall/lab')> {
  try {
    return (await importModule('@squall/lab')) as typeof import('@squall/lab')
  } catch (cause) {
    const hint = 'Install it with `npm install @squall/lab @squall/driver-lab`.'
    throw new SquallError('SQUALL_LAB', { reason: 'The demo lab is not installed.' }, { cause, hint })
  }
}

/** `squall lab up`: starts a lab and returns once everything answers. */
export async function labUpCommand(options: LabUpOptions, context: CommandContext): Promise<number> {
  const { labUp } = await loadLab()
  const status = await labUp({
    instances: options.instances,
    hosts: options.hosts,
    keeper: options.keeper ?? false,
    gatewayPort: options.gatewayPort,
    dataSourcePort: options.datasourcePort,
    showDataPort: options.showdataPort,
    directory: folderOf(options.dir, context),
    recoverWithinMs: options.recoverWithin,
    recoverAfterMs: options.recoverAfter,
    unavailableStatus: options.answer503 ? 503 : 200,
  })
  context.terminal.out(statusText(status, context))
  for (const driver of options.with) {
    const file = await startCompanion({ driver, lab: status.directory, named: options.driver }, context)
    context.terminal.out(`  ${driver}  ${file}\n`)
  }
  return 0
}

/** `squall lab status`: 0 when a lab runs, 1 when none does. */
export async function labStatusCommand(
  options: { readonly dir?: string; readonly json?: boolean },
  context: CommandContext,
): Promise<number> {
  const { labStatus } = await loadLab()
  const labs = await labStatus({ directory: folderOf(options.dir, context) })
  if (options.json) context.terminal.out(`${JSON.stringify(labs, null, 2)}\n`)
  else
    context.terminal.out(
      labs.length === 0 ? 'No lab is running.\n' : labs.map((lab) => statusText(lab, context)).join('\n'),
    )
  return labs.length === 0 ? 1 : 0
}

/** `squall lab down`: ends the lab of a folder, or every lab of this user, and leaves nothing. */
export async function labDownCommand(
  options: { readonly dir?: string; readonly driver: readonly string[] },
  context: CommandContext,
): Promise<number> {
  const { labDown, labStatus } = await loadLab()
  for (const { directory } of await labStatus({ directory: folderOf(options.dir, context) })) {
    await stopCompanions({ lab: directory, named: options.driver }, context)
  }
  const ended = await labDown({ directory: folderOf(options.dir, context) })
  const lines = ended.map(
    (lab) => `The lab in ${lab.directory} is down: ${lab.ended.length} processes ended.\n`,
  )
  context.terminal.out(lines.length === 0 ? 'No lab was running.\n' : lines.join(''))
  return 0
}

function folderOf(dir: string | undefined, { terminal }: CommandContext): string | undefined {
  return dir === undefined ? undefined : path.resolve(terminal.workingDirectory, dir)
}

function statusText(lab: LabStatus, { paint }: CommandContext): string {
  const rows = lab.processes.map(({ program, pid, port, state }) => [
    `  ${program}`,
    port === null ? '' : `127.0.0.1:${port}`,
    `pid ${pid}`,
    state,
  ])
  return `${paint('bold', lab.url)}  ${lab.directory}\n${table(rows)}`
}

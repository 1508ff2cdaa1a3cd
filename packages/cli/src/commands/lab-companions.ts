import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { type JsonObject, SquallError } from '@squall/contract'
import { parseExperiment, runExperiment } from '@squall/core'
import type { CommandContext } from './command-context.ts'
import { registryOf, settingsOf } from './find-project.ts'

/** What describes a cluster that was started beside a lab, in a folder named after its driver. */
const fileName = 'cluster.json'

/** Beside which lab. */
interface Beside {
  readonly lab: string
  /** Drivers named on the command line. */
  readonly named: readonly string[]
}

/** Starts what a driver can start beside a lab, such as an etcd cluster. Answers with the file that describes it. */
export async function startCompanion(
  { driver, lab, named }: Beside & { readonly driver: string },
  context: CommandContext,
): Promise<string> {
  const directory = path.join(lab, driver)
  await call({ type: driver, func: 'start_cluster', arguments: { directory } }, named, context)
  return path.join(directory, fileName)
}

/** Stops all that was started beside a lab. */
export async function stopCompanions({ lab, named }: Beside, context: CommandContext): Promise<void> {
  const names = existsSync(lab) ? readdirSync(lab) : []
  for (const driver of names) {
    const cluster = path.join(lab, driver, fileName)
    if (!existsSync(cluster)) continue
    await call({ type: driver, func: 'stop_cluster', arguments: { cluster } }, named, context)
  }
}

/** Calls one action of a driver, the way an experiment does, and leaves its effect. */
async function call(provider: JsonObject, named: readonly string[], context: CommandContext): Promise<void> {
  const drivers = await registryOf(context, await settingsOf(context), { named })
  const name = `${provider['func']} of ${provider['type']}`
  const experiment = await parseExperiment(
    {
      title: 'The lab',
      description: 'What stands beside it.',
      method: [{ type: 'action', name, provider, keep: true }],
    },
    { drivers },
  )
  const { journal } = await runExperiment(experiment, { drivers })
  const [run] = journal.run
  if (run?.status === 'succeeded') return
  const exception = run?.exception
  const reason = Array.isArray(exception) ? String(exception.at(-1)).trim() : 'it was not called'
  throw new SquallError('SQUALL_LAB', { reason: `${name} failed: ${reason}` })
}

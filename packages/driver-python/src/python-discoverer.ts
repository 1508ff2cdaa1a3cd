import type { Discoverer, DiscovererContext, Discovery, InstalledExtension } from '@squall/contract'
import { ActivityFailed } from '@squall/contract'
import { interpreterOf } from './interpreter.ts'
import type { Order, Reply } from './messages.ts'
import { errorOf } from './outcome.ts'
import type { Workers } from './workers.ts'

/** Looks into Python distributions (spec 23.1). What was installed a moment ago is seen: each look has a fresh process. */
export const pythonDiscoverer = (workers: Workers): Discoverer => ({
  summary: 'Extensions of Chaos Toolkit that are installed for Python.',
  async discover(target, { system, install }, context) {
    if (install) await installDistribution(target, workers, context)
    const found = await ask({ do: 'discover', package: target, system }, target, workers, context)
    return (found ?? undefined) as Discovery | undefined
  },
  list: async (context) =>
    (await ask({ do: 'list' }, 'installed extensions', workers, context)) as unknown as InstalledExtension[],
})

async function ask(
  order: Order,
  what: string,
  workers: Workers,
  context: DiscovererContext,
): Promise<unknown> {
  const { options, log, signal } = context
  return workers.inOwn(options, async (worker) => {
    const reply: Reply = await worker.request(order, { log }, signal)
    if ('ok' in reply) return reply.ok
    if (reply.fail.kind === 'no-discover')
      throw new ActivityFailed(
        `'${reply.fail.module}' has no function 'discover', so it does not tell what it offers.`,
      )
    throw errorOf(reply.fail, { module: what, func: 'discover', interpreter: worker.interpreter })
  })
}

async function installDistribution(
  target: string,
  { world }: Workers,
  context: DiscovererContext,
): Promise<void> {
  const interpreter = interpreterOf(context.options, world)
  const args = ['-m', 'pip', 'install', '--upgrade', target]
  const place = { environment: world.environment(), directory: world.workingDirectory() }
  const code = await world.runProgram(interpreter, args, place, context.signal, (line) =>
    context.log.info(line),
  )
  if (code === 0) return
  throw new ActivityFailed(
    `'${target}' could not be installed: ${interpreter} ${args.join(' ')} ended with ${code}.`,
    {
      hint: 'What pip said is in the log.',
    },
  )
}

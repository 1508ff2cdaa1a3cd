import { promises } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { systemClock } from '@squall/core'
import type { ChaosService } from '../../chaos-parts.ts'
import { untilInterrupted } from '../../host/until-interrupted.ts'
import { type ChaosParts, loadChaosParts } from '../../load-chaos-parts.ts'
import { chaosEventText, outcomeText, tallyText } from '../../terminal/chaos-view.ts'
import type { CommandContext } from '../command-context.ts'
import { registryOf, settingsOf } from '../find-project.ts'
import { chaosLog } from './chaos-log.ts'
import type { EngineOptions, ParameterOptions, TargetOptions } from './chaos-options.ts'
import { Tallier } from './chaos-tally.ts'
import { connectTarget } from './connect-target.ts'
import { openService } from './open-service.ts'
import { toldOutcomes } from './told-outcomes.ts'
import { startOptions, wireParameters } from './wire-parameters.ts'

export interface ChaosRunOptions extends TargetOptions, EngineOptions, ParameterOptions {
  readonly store?: string
  readonly report?: string
}

/** `squall chaos run`: one run in the foreground; 1 when a validation failed or the engine had an error. */
export async function chaosRunCommand(options: ChaosRunOptions, context: CommandContext): Promise<number> {
  const { terminal, paint } = context
  const directory = terminal.workingDirectory
  const parameters = await wireParameters(options, directory)
  const parts = await loadChaosParts()
  const interrupted = untilInterrupted()
  const registry = await registryOf(context, await settingsOf(context), { named: options.driver })
  const scope = { parts, registry, clock: systemClock, context }
  const target = await connectTarget(options, {
    ...scope,
    log: chaosLog(context),
    signal: interrupted.signal,
  })
  const tallier = new Tallier()
  const cluster = toldOutcomes(target.cluster, (fault, outcome) => {
    tallier.outcome(fault, outcome)
    terminal.err(outcomeText(fault, outcome, parts.faultText, paint))
  })
  await using folder = await storeFolder(options.store, directory)
  const replay = `squall chaos run --target ${options.target} --seed {seed}`
  const chaos = await openService(options, { ...scope, target, cluster, folder: folder.path, replay })
  try {
    const ended = followed(chaos, tallier, parts, context)
    await chaos.start(parameters, startOptions(options))
    await Promise.race([ended, interrupted.happens.then(() => chaos.stop())])
    await ended
    await chaos.settled()
  } finally {
    await chaos.close()
    await target.cluster.close?.()
  }
  return report(tallier, options, context)
}

/** Shows events as they come; resolves with the one that ends the run. */
function followed(
  chaos: ChaosService,
  tallier: Tallier,
  parts: ChaosParts,
  { terminal, paint }: CommandContext,
): Promise<void> {
  return new Promise((resolve) => {
    chaos.subscribe((news) => {
      if (news.type !== 'event') return
      const { event } = news
      tallier.event(event)
      const time = parts.isoOf(parts.unixMsOf(BigInt(event.ticks)))
      terminal.err(chaosEventText(event, time, parts.faultText, paint))
      if (event.kind === 'Stopped') resolve()
    })
  })
}

async function report(tallier: Tallier, options: ChaosRunOptions, context: CommandContext): Promise<number> {
  const { tally } = tallier
  const { terminal, paint } = context
  terminal.out(`\n${tallyText(tally, paint)}`)
  if (options.report !== undefined) {
    const file = path.resolve(terminal.workingDirectory, options.report)
    await promises.writeFile(file, `${JSON.stringify(tally, null, 2)}\n`)
  }
  return tally.validationFailures.length > 0 || tally.testErrors.length > 0 ? 1 : 0
}

/** The folder of the store: a named one stays, another is removed at the end. */
async function storeFolder(
  named: string | undefined,
  directory: string,
): Promise<AsyncDisposable & { readonly path: string }> {
  if (named !== undefined)
    return { path: path.resolve(directory, named), [Symbol.asyncDispose]: async () => undefined }
  const made = await promises.mkdtemp(path.join(os.tmpdir(), 'squall-chaos-'))
  return { path: made, [Symbol.asyncDispose]: () => promises.rm(made, { recursive: true, force: true }) }
}

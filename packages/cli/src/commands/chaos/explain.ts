import { SquallError } from '@squall/contract'
import { systemClock } from '@squall/core'
import type { IterationExplanation, IterationRecord, PlanRequest } from '../../chaos-parts.ts'
import { untilInterrupted } from '../../host/until-interrupted.ts'
import { type ChaosParts, loadChaosParts } from '../../load-chaos-parts.ts'
import { safe } from '../../terminal/paint.ts'
import type { CommandContext } from '../command-context.ts'
import { registryOf, settingsOf } from '../find-project.ts'
import { chaosClient, tokenOf } from './chaos-client.ts'
import { chaosLog } from './chaos-log.ts'
import type { ParameterOptions, TargetOptions, TokenOptions } from './chaos-options.ts'
import { connectTarget } from './connect-target.ts'
import { startOptions, wireParameters } from './wire-parameters.ts'

export interface ExplainOptions extends TargetOptions, ParameterOptions, TokenOptions {
  readonly server?: string
  readonly iteration?: number
  readonly entity?: string
  readonly json?: boolean
}

type Choice = Pick<IterationRecord, 'snapshot' | 'request'>

/** `squall chaos explain`: of a server's iteration, or of the one that would come next on a target. Injects nothing. */
export async function explainCommand(options: ExplainOptions, context: CommandContext): Promise<number> {
  const { terminal } = context
  const parts = await loadChaosParts()
  const choice =
    options.server === undefined
      ? await nextChoice(options, parts, context)
      : await recordedChoice(options.server, options, terminal.workingDirectory)
  const { snapshot, request } = choice
  const { entity: name } = options
  const entities = name === undefined ? undefined : parts.explainEntity(snapshot, request, { name })
  const explanation = entities ?? parts.explainIteration(snapshot, request)
  if (options.json) terminal.out(`${JSON.stringify(explanation, null, 2)}\n`)
  else if (entities)
    terminal.out(
      entities
        .map(
          ({ entity, kind, isEligible, refusal }) =>
            `${safe(entity)}  ${kind}: ${isEligible ? 'yes' : `no, ${refusal?.predicate} (${refusal?.section}): ${refusal?.reason}`}\n`,
        )
        .join(''),
    )
  else terminal.out(explanationText(explanation as IterationExplanation, request))
  return 0
}

async function recordedChoice(server: string, options: ExplainOptions, directory: string): Promise<Choice> {
  const client = await chaosClient(server, await tokenOf(options, directory))
  const iterations = await client.iterations()
  const found =
    options.iteration === undefined
      ? iterations.at(-1)
      : iterations.findLast(({ request }) => request.iteration === options.iteration)
  if (!found)
    throw new SquallError('SQUALL_CHAOS_SERVER', { server, reason: 'it has kept no such iteration' })
  return found
}

async function nextChoice(
  options: ExplainOptions,
  parts: ChaosParts,
  context: CommandContext,
): Promise<Choice> {
  const registry = await registryOf(context, await settingsOf(context), { named: options.driver })
  const log = chaosLog(context)
  const { signal } = untilInterrupted()
  const scope = { parts, registry, clock: systemClock, context, log, signal }
  const { cluster } = await connectTarget(options, scope)
  try {
    const snapshot = await cluster.snapshot({ clock: systemClock, log, signal })
    const parameters = parts.readChaosParameters(
      await wireParameters(options, context.terminal.workingDirectory),
    )
    const { seed = 0, ...choices } = startOptions(options)
    const offer = {
      ...(cluster.faults ? { faults: cluster.faults } : {}),
      ...(cluster.kinds ? { kinds: cluster.kinds } : {}),
    }
    return { snapshot, request: { seed, iteration: 1, parameters, options: choices, offer } }
  } finally {
    await cluster.close?.()
  }
}

function explanationText({ rolls, kinds }: IterationExplanation, { seed, iteration }: PlanRequest): string {
  const lines = kinds.flatMap(({ kind, eligible, refused }) => [
    `${kind}: ${eligible} could be chosen`,
    ...refused.map(
      ({ predicate, section, count, example }) =>
        `  ${count} not, ${predicate} (${section}): ${safe(example.entity)}: ${safe(example.reason)}`,
    ),
  ])
  return `Iteration ${iteration} with seed ${seed}\n${[...rolls.map(safe), '', ...lines].join('\n')}\n`
}

import type {
  ActivityContext,
  JsonObject,
  JsonValue,
  ProviderFields,
  Random,
  RegisteredUndo,
} from '@squall/contract'
import { textOf } from '../configuration/text-of.ts'
import { connectTarget, undoneByItsDriver } from '../drivers/connect-target.ts'
import type { DriverPackage } from '../drivers/driver-package.ts'
import type { Resolved } from '../drivers/registry.ts'
import { isProtecting } from '../guards/protection.ts'
import { processEnvironment } from '../host/environment.ts'
import { activityLog } from './activity-log.ts'
import { secretsFor } from './call-provider.ts'
import { undoAfterOf } from './declared-seconds.ts'
import type { RunScope } from './run-scope.ts'
import { seededRandom } from './seeded-random.ts'

/**
 * What a driver is handed for one call. `ended` is aborted when the activity has ended; where nobody can tell, an undo
 * after a set time waits for the end of the run to be sure. Throws `ActivityFailed` for a time that is none.
 */
export function contextFor(
  id: number,
  activity: JsonObject,
  resolved: Resolved,
  signal: AbortSignal,
  scope: RunScope,
  ended?: AbortSignal,
): ActivityContext {
  const name = textOf(activity['name'])
  const { configuration, secrets } = scope.variables
  const seconds = undoAfterOf(activity, scope.variables)
  const inTime =
    seconds === undefined ? undefined : { seconds, activityEnded: ended ?? new AbortController().signal }
  const { protection } = scope
  const { ports, users } = protection
  const log = activityLog(scope.events, name)
  const undoOf = (from: DriverPackage) => async (func: string, args: JsonValue) => {
    if (activity['keep'] === true) return keptEffect(name, scope)
    // Who is told to stop may do no more harm, so that nothing needs to be taken back after the undoing.
    signal.throwIfAborted()
    const registered = await scope.undo.register(from, name, func, args, inTime)
    signal.throwIfAborted()
    return registered
  }
  return {
    signal,
    log,
    configuration,
    secrets: secretsFor(activity['provider'] as unknown as ProviderFields, secrets),
    directory: scope.directory,
    clock: scope.clock,
    random: randomFor(scope.seed, id),
    options: scope.registry.optionsOf(resolved.from),
    protectedPids: scope.protectedPids(),
    ...(isProtecting(protection) ? { guarded: { ports, users } } : {}),
    undo: undoOf(resolved.from),
    clusters: {
      connect: async (target, given) => {
        const found = await connectTarget({ target, options: given }, scope.registry, {
          ...{ signal, log, clock: scope.clock, directory: scope.directory },
          environment: processEnvironment.variables(),
        })
        return undoneByItsDriver(found.cluster, undoOf(found.driver))
      },
    },
    interrupt: (how, reason) => {
      scope.events.emit({ type: 'log', level: 'info', message: reason, activity: name })
      scope.interruption.request(how === 'graceful' ? 'SIGUSR1' : 'SIGUSR2')
    },
  }
}

/** Most activities leave nothing to chance, so the generator is only made when it is asked. */
function randomFor(seed: string, id: number): Random {
  let random: Random | undefined
  return {
    next: () => {
      random ??= seededRandom(seed, 'activity', id)
      return random.next()
    },
  }
}

function keptEffect(activity: string, scope: RunScope): RegisteredUndo {
  const message = `'${activity}' keeps its effect: nothing will undo it.`
  scope.events.emit({ type: 'log', level: 'info', message, activity })
  return { amend: async () => undefined }
}

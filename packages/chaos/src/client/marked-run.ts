import { type Clock, isObject, type JsonObject } from '@squall/contract'
import type { ChaosClient } from './chaos-client.ts'

/** The key in a run's `Context` under which whoever started it finds it again. */
export const markKey = 'StartedBySquall'

/** How long a start whose answer nobody saw may still be on its way, in milliseconds. */
const underwayMs = 1500
const lookEveryMs = 100

/** The parameters of a run with a mark in their `Context`, which the server keeps and shows. */
export function markedParameters(parameters: JsonObject, mark: string): JsonObject {
  const context = isObject(parameters['Context']) ? parameters['Context'] : {}
  const map = isObject(context['Map']) ? context['Map'] : {}
  return { ...parameters, Context: { Map: { ...map, [markKey]: mark } } as JsonObject }
}

/**
 * Stops chaos if it is the marked run, or a schedule that will bring it; chaos that somebody else started goes on. When
 * it is not known whether the start arrived, it is waited for a while. Resolves to whether there was something to stop.
 */
export async function stopMarkedRun(
  client: ChaosClient,
  { mark, wasAnswered }: { readonly mark: string; readonly wasAnswered: boolean },
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<boolean> {
  const deadline = clock.monotonic() + (wasAnswered ? 0 : underwayMs)
  while (!(await isMarkedRun(client, mark))) {
    if (clock.monotonic() >= deadline) return false
    await clock.sleep(lookEveryMs, signal)
  }
  await client.stop()
  return true
}

/** Whether the marked run goes on, or a schedule will bring it. */
export async function isMarkedRun(client: ChaosClient, mark: string): Promise<boolean> {
  const { Status, ScheduleStatus, ChaosParameters } = await client.status()
  if (Status === 'Running') return hasMark(ChaosParameters, mark)
  if (ScheduleStatus !== 'Pending' && ScheduleStatus !== 'Active') return false
  const { Schedule } = await client.schedule()
  const known = isObject(Schedule) ? Schedule['ChaosParametersDictionary'] : undefined
  return Array.isArray(known) && known.some((entry) => isObject(entry) && hasMark(entry['Value'], mark))
}

function hasMark(parameters: unknown, mark: string): boolean {
  const context = isObject(parameters) ? parameters['Context'] : undefined
  const map = isObject(context) ? context['Map'] : undefined
  return isObject(map) && map[markKey] === mark
}

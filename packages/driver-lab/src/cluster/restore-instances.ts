import { defineUndo } from '@squall/contract'
import { endInstance, type LabHosts, lookAtHosts, recordHost } from '@squall/lab'
import { z } from 'zod'
import { LabGone, type LabWork, look, type Place, startSomewhere } from './lab-work.ts'

const place = z.strictObject({
  service: z.enum(['datasource', 'showdata']),
  port: z.int().min(1).max(65_535),
})

/** Gives a lab its number of instances again after a fault that did not come to its end. */
export const restoreInstances = defineUndo({
  summary: 'Starts the instances that were killed or stopped, and stops the one that was started too many.',
  args: z.strictObject({
    recordFile: z.string().describe('The file in which the lab is recorded.'),
    host: z.int().min(0).optional().describe('The host that was taken down.'),
    starts: z.array(place),
    extra: place.optional(),
  }),
  run: async ({ recordFile, host, starts, extra }, { clock, signal }) => {
    const work = { recordFile, clock, signal }
    const lab = await lookAtHosts(recordFile, signal)
    if (!lab) return 'not needed'
    try {
      const steps = [
        host === undefined ? false : await bringUp(recordFile, lab, host),
        ...(extra && isTaken(lab, extra) ? [] : await startMissing(work, starts)),
        extra ? await stopExtra(work, extra) : false,
      ]
      return steps.includes(true) ? 'undone' : 'not needed'
    } catch (error) {
      if (error instanceof LabGone) return 'not needed'
      throw error
    }
  },
})

async function bringUp(recordFile: string, { hosts }: LabHosts, host: number): Promise<boolean> {
  const state = hosts[host]
  if (!state || state.isUp) return false
  await recordHost(recordFile, host, { instance: state.instance + 1, isUp: true })
  return true
}

async function startMissing(work: LabWork, places: readonly Place[]): Promise<boolean[]> {
  const started: boolean[] = []
  for (const missing of places) {
    const lab = await look(work)
    const isMissing = countOf(lab, missing) < lab.wanted
    started.push(isMissing && (await startSomewhere(work, missing)))
  }
  return started
}

/** The move came as far as this: what is missing elsewhere is another fault's business. */
function isTaken({ instances }: LabHosts, { service, port }: Place): boolean {
  return instances.some((one) => one.service === service && one.port === port)
}

async function stopExtra(work: LabWork, extra: Place): Promise<boolean> {
  const lab = await look(work)
  const surplus = lab.instances.find(({ service, port }) => service === extra.service && port === extra.port)
  if (!surplus || countOf(lab, extra) <= lab.wanted) return false
  await endInstance(work.recordFile, surplus, 'ask')
  return true
}

function countOf({ instances }: LabHosts, { service }: Place): number {
  return instances.filter((one) => one.service === service).length
}

/** One real call of a library, in a project that has nothing but it. */
export interface LibraryCase {
  /** What its README tells to install with it. */
  readonly also?: readonly string[]
  /** A module that prints JSON. */
  readonly code: string
  readonly prints: unknown
}

const clock = `
const clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) => setTimeout(ms, undefined, { signal }),
}`
const lamps = `
const lamps = defineDriver({
  name: 'lamps',
  contract: 1,
  summary: 'Lamps.',
  activities: {
    lit: defineProbe({
      summary: 'How many are lit.',
      args: z.strictObject({ room: z.string() }),
      result: z.number(),
      run: async () => 2,
    }),
  },
})`

export const libraryCases: Readonly<Record<string, LibraryCase>> = {
  '@squall/chaos': {
    code: `
      import { readChaosParameters, writeChaosParameters } from '@squall/chaos'
      const { TimeToRunInSeconds } = writeChaosParameters(readChaosParameters({ TimeToRunInSeconds: '60' }))
      console.log(JSON.stringify(TimeToRunInSeconds))`,
    prints: '60',
  },
  '@squall/contract': {
    also: ['zod'],
    code: `
      import { defineDriver, defineProbe, manifestOf } from '@squall/contract'
      import { z } from 'zod'
      ${lamps}
      console.log(JSON.stringify(manifestOf(lamps).activities.lit.args.required))`,
    prints: ['room'],
  },
  '@squall/core': {
    also: ['zod'],
    code: `
      import { defineDriver, defineProbe } from '@squall/contract'
      import { parseExperiment, runExperiment } from '@squall/core'
      import { z } from 'zod'
      ${lamps}
      const provider = { type: 'lamps', func: 'lit', arguments: { room: 'hall' } }
      const probes = [{ type: 'probe', name: 'lit', tolerance: 2, provider }]
      const drivers = [lamps]
      const experiment = await parseExperiment(
        { title: 'T', description: 'D', 'steady-state-hypothesis': { title: 'H', probes }, method: [] },
        { drivers },
      )
      const { status, deviated } = await runExperiment(experiment, { drivers, eventLog: false })
      console.log(JSON.stringify({ status, deviated }))`,
    prints: { status: 'completed', deviated: false },
  },
  '@squall/event-log': {
    code: `
      import { openEventLog, readEventLog } from '@squall/event-log'
      const log = await openEventLog('my-log')
      await log.appendDurable({ step: 1 })
      await log.close()
      console.log(JSON.stringify((await readEventLog('my-log')).records))`,
    prints: [{ step: 1 }],
  },
  '@squall/fabric-api': {
    also: ['@squall/chaos', '@squall/simulator'],
    code: `
      import { setTimeout } from 'node:timers/promises'
      import { openChaosService } from '@squall/chaos'
      import { fabricApi, serveFabricApi } from '@squall/fabric-api'
      import { defaultTopology, Simulator } from '@squall/simulator'
      ${clock}
      const cluster = new Simulator({ clock, topology: defaultTopology, seed: 42 })
      const chaos = await openChaosService({ cluster, clock, folder: 'store' })
      const server = await serveFabricApi(fabricApi({ chaos, clock }), { port: 0 })
      const answer = await fetch(server.url + '/Tools/Chaos?api-version=6.2')
      console.log(JSON.stringify((await answer.json()).Status))
      await server.close()
      await chaos[Symbol.asyncDispose]()`,
    prints: 'Stopped',
  },
  '@squall/lab': {
    code: `
      import { startLab } from '@squall/lab'
      const lab = await startLab()
      const answer = await (await fetch(lab.url + '/getData')).json()
      await lab.stop()
      console.log(JSON.stringify(Object.keys(answer)))`,
    prints: ['data'],
  },
  '@squall/procfs': {
    code: `
      import { identityOf, isAlive } from '@squall/procfs'
      console.log(JSON.stringify(isAlive(identityOf(process.pid))))`,
    prints: true,
  },
  '@squall/simulator': {
    code: `
      import { setTimeout } from 'node:timers/promises'
      import { defaultTopology, Simulator } from '@squall/simulator'
      ${clock}
      const cluster = new Simulator({ clock, topology: defaultTopology, seed: 42 })
      console.log(JSON.stringify((await cluster.snapshot()).nodes.length))`,
    prints: 10,
  },
  '@squall/testkit': {
    also: ['zod'],
    code: `
      import { defineDriver, defineProbe } from '@squall/contract'
      import { driverLaws } from '@squall/testkit'
      import { z } from 'zod'
      ${lamps}
      const laws = driverLaws(() => lamps, {
        activities: { lit: { prepare: async () => ({ input: { room: 'hall' }, look: async () => 2 }) } },
      })
      const law = laws.find(({ name }) => name === 'lit: accepts its sample')
      await law.check()
      console.log(JSON.stringify(law.name))`,
    prints: 'lit: accepts its sample',
  },
}

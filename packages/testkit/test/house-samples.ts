import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Driver } from '@squall/contract'
import type {
  AbilityScene,
  ControlSample,
  DiscovererSample,
  DriverSamples,
  LoaderSample,
  NotifierSample,
  ResolverSample,
} from '../src/index.ts'

const curfew: ControlSample = {
  prepare: () => ({ input: { room: 'kitchen' } }),
  long: () => ({ input: { room: 'kitchen', guarded: true }, probe: 'never' }),
  refuses: [
    { input: {}, saying: 'needs a room' },
    { input: { room: 5 }, saying: 'needs a room' },
  ],
}

const content = { kitchen: { code: 'opensesame-42', shelf: 3 } }
const drawer: ResolverSample = {
  prepare: () => house({ input: { file: 'drawer.json', key: 'kitchen' }, answer: content.kitchen }),
  long: () =>
    house({
      input: { file: 'drawer.json', key: 'kitchen' },
      answer: content.kitchen,
      configuration: { drawer_ms: 2000 },
      underway: () => true,
    }),
  refuses: [
    { input: { key: 'kitchen' }, saying: '`file`' },
    { input: { file: 'drawer.json', key: 'cellar' }, saying: "no 'cellar'" },
    { input: { file: 'no-such.json', key: 'kitchen' }, saying: 'no-such.json' },
  ],
}

const bell: NotifierSample = {
  prepare: async () => {
    const place = await house({ input: { file: 'rung' } })
    const rung = path.join(place.directory ?? '', 'rung')
    const arrived = () => (existsSync(rung) ? readFileSync(rung, 'utf8').split('\n').length - 1 : 0)
    return { ...place, arrived }
  },
  long: false,
  refuses: [
    { input: {}, saying: '`file`' },
    { input: { file: 'no-such-folder/rung' }, saying: 'no-such-folder' },
  ],
}

const shelf: DiscovererSample = { prepare: () => house({ target: 'chaos-garden' }), long: false }

const plan: LoaderSample = {
  prepare: async () => {
    const { directory = '', cleanUp } = await house({})
    const file = path.join(directory, 'experiment.plan')
    await writeFile(file, 'title: Is it quiet?')
    return { file, experiment: { title: 'Is it quiet?', method: [] }, ...(cleanUp && { cleanUp }) }
  },
  refuses: [{ file: path.join(tmpdir(), 'no-such.plan'), saying: 'no-such.plan' }],
}

/** Samples for what a driver of a house has. */
export function houseSamples(driverFile: URL, driver: Driver): DriverSamples {
  return {
    driverFile,
    ...(driver.controls && { controls: { curfew } }),
    ...(driver.resolvers && { resolvers: { drawer } }),
    ...(driver.notifiers && { notifiers: { bell } }),
    ...(driver.loaders && { loaders: { '.plan': plan } }),
    ...(driver.discoverer && { discoverer: shelf }),
  }
}

/** A folder with a drawer and a package in it. */
async function house<Place extends object>(place: Place): Promise<Place & AbilityScene> {
  const directory = await mkdtemp(path.join(tmpdir(), 'squall-house-'))
  await writeFile(path.join(directory, 'drawer.json'), JSON.stringify(content))
  await mkdir(path.join(directory, 'chaos-garden'))
  return { ...place, directory, cleanUp: () => rm(directory, { recursive: true, force: true }) }
}

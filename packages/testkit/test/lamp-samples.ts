import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { JsonObject } from '@squall/contract'
import type { DriverSamples, ProviderSample, Sample, Scene } from '../src/index.ts'

/** Every sample that a driver of lamps may need, by the name of the activity. */
const activities: Record<string, Sample> = {
  is_lit: {
    prepare: () => room(({ lamp }) => ({ lamp })),
    long: false,
    refuses: [{ input: { lamp: 5 }, path: ['lamp'] }],
  },
  darken: {
    prepare: () => room(({ folder }) => ({ folder, count: 1 })),
    long: () => room(({ folder }) => ({ folder, count: 3, pause_ms: 400 })),
    refuses: [
      { input: { folder: 5 }, path: ['folder'] },
      { input: { folder: '.', count: 'many' }, path: ['count'] },
    ],
    choice: ({ result }) => (result as JsonObject)['darkened'] ?? null,
  },
  smash: {
    prepare: () => room(({ lamp }) => ({ lamp })),
    long: false,
    refuses: [{ input: { lamp: 5 }, path: ['lamp'] }],
  },
}
const wire: ProviderSample = {
  kind: 'action',
  undoable: true,
  effect: 'while it runs',
  prepare: () => room(({ lamp }) => ({ lamp, ms: 10 })),
  long: () => room(({ lamp }) => ({ lamp, ms: 2000 })),
  refuses: [{ input: { ms: 10 }, path: ['lamp'] }],
}

/** Samples for what a driver of lamps has. */
export function lampSamples(
  driverFile: URL,
  driver: { activities?: object; providers?: object },
): DriverSamples {
  const named = Object.keys(driver.activities ?? {}).map((name) => [
    name,
    activities[name] ?? activities['is_lit'],
  ])
  return { driverFile, activities: Object.fromEntries(named), providers: driver.providers ? { wire } : {} }
}

/** A room of eight lamps, all lit. */
async function room(input: (room: { folder: string; lamp: string }) => JsonObject): Promise<Scene> {
  const place = await mkdtemp(path.join(tmpdir(), 'squall-lamps-'))
  const folder = path.join(place, 'room')
  await mkdir(folder)
  const names = Array.from({ length: 8 }, (_, index) => `lamp-${index}`)
  for (const name of names) await writeFile(path.join(folder, name), 'lit')
  const look = async (): Promise<JsonObject> => {
    const states = (await readdir(folder)).map(async (name) => [
      name,
      await readFile(path.join(folder, name), 'utf8'),
    ])
    return Object.fromEntries(await Promise.all(states))
  }
  return {
    input: input({ folder, lamp: path.join(folder, 'lamp-0') }),
    look,
    underway: async () => Object.values(await look()).includes('dark'),
    cleanUp: () => rm(place, { recursive: true, force: true }),
  }
}

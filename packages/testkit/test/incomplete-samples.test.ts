import type { Driver } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import {
  type ControlSample,
  type DriverSamples,
  driverLaws,
  type Law,
  type NotifierSample,
  type Sample,
  type Scene,
} from '../src/index.ts'
import house, { houseWith } from './broken-abilities/house.js'
import lamps, { driverWith } from './broken-drivers/lamps.js'
import { houseSamples } from './house-samples.ts'
import { lampSamples } from './lamp-samples.ts'

const driverFile = new URL('broken-drivers/lamps.js', import.meta.url)
const houseFile = new URL('broken-abilities/house.js', import.meta.url)
const street = houseWith({ clusters: { street: {} } })
const plain = driverWith({})
const whole = lampSamples(driverFile, plain)
const darken = whole.activities?.['darken'] as Sample

/** The laws of a driver of lamps with one thing missing in the sample for `darken`. */
function lawsWithout(changes: object): readonly Law[] {
  const activities = { ...whole.activities, darken: { ...darken, ...changes } as Sample }
  return driverLaws(() => plain, { driverFile, activities })
}

function check(laws: readonly Law[], name: string): Promise<void> {
  const law = laws.find((one) => one.name === name)
  if (!law) throw new Error(`There is no law '${name}' among ${laws.map((one) => one.name).join(', ')}.`)
  return law.check()
}

async function room(): Promise<Scene> {
  return darken.prepare()
}

describe('a missing sample is a law that fails', () => {
  it.each<{ samples: Partial<DriverSamples>; name: string }>([
    { samples: { activities: {} }, name: "give a sample for 'is_lit'" },
    { samples: { activities: {} }, name: "give a sample for 'darken'" },
    { samples: { activities: { darken: [] } }, name: "give a sample for 'darken'" },
    { samples: {}, name: "give a sample for 'wire'" },
    { samples: { activities: { dance: darken } }, name: "there is no activity 'dance' for its sample" },
  ])('$name', async ({ samples, name }) => {
    const laws = driverLaws(() => lamps, { driverFile, ...samples })
    await expect(check(laws, `the samples: ${name}`)).rejects.toThrow(
      `The samples of this driver are not complete: ${name}.`,
    )
  })
})

describe('a missing sample of what is no activity is a law that fails', () => {
  const whole = houseSamples(houseFile, house)
  const curfew = whole.controls?.['curfew'] as ControlSample
  const bell = whole.notifiers?.['bell'] as NotifierSample
  const provided = driverWith({ providers: { wire: { ...lamps.providers?.['wire'], controls: {} } } })

  it.each<{ without: Partial<DriverSamples>; name: string; driver?: Driver }>([
    { without: { controls: {} }, name: "give a sample for the control 'curfew'" },
    { without: { resolvers: {} }, name: "give a sample for the resolver 'drawer'" },
    { without: { notifiers: { bell: [] } }, name: "give a sample for the notifier 'bell'" },
    { without: { discoverer: [] }, name: "give a sample for the discoverer 'discoverer'" },
    { without: { clusters: {} }, name: "give a sample for the cluster 'street'", driver: street },
    { without: {}, name: "give a sample for the provider type with controls 'wire'", driver: provided },
    { without: { controls: { curfew, sleep: curfew } }, name: "there is no control 'sleep' for its sample" },
  ])('$name', async ({ without, name, driver = house }) => {
    const laws = driverLaws(() => driver, { ...whole, ...without })
    await expect(check(laws, `the samples: ${name}`)).rejects.toThrow(
      `The samples of this driver are not complete: ${name}.`,
    )
  })

  it.each<{ name: string; samples: Partial<DriverSamples>; law: string; saying: string }>([
    {
      name: 'a control that could refuse something and need not',
      samples: { controls: { curfew: { ...curfew, refuses: false } } },
      law: 'control curfew: refuses wrong declarations and says why',
      saying: "It has 'validate': give what it refuses in 'refuses' of 'control curfew'.",
    },
    {
      name: 'no channel that cannot be served',
      samples: { notifiers: { bell: { ...bell, refuses: [] } } },
      law: 'notifier bell: fails when it cannot deliver, and says why',
      saying: "Give what must be refused in 'refuses' of 'notifier bell'.",
    },
    {
      name: 'a refusal that says something else',
      samples: { notifiers: { bell: { ...bell, refuses: [{ input: {}, saying: 'rust' }] } } },
      law: 'notifier bell: fails when it cannot deliver, and says why',
      saying: 'It refuses {} with "a bell needs a `file`" and does not say "rust".',
    },
    {
      name: 'a long place that is over soon',
      samples: {
        controls: {
          curfew: { ...curfew, long: () => ({ input: { room: 'hall' }, underway: () => false }) },
        },
      },
      law: 'control curfew: ends within 100 ms of an abort',
      saying: "Its 'long' place was never in the middle of it.",
    },
    {
      name: 'nothing about how long it takes',
      samples: { controls: { curfew: { ...curfew, long: undefined } as never } },
      law: 'control curfew: ends within 100 ms of an abort',
      saying: "Say in the sample for 'control curfew' how it takes long",
    },
  ])('$name', async ({ samples, law, saying }) => {
    const laws = driverLaws(() => house, { ...whole, ...samples })
    await expect(check(laws, law)).rejects.toThrow(saying)
  })
})

describe('an incomplete sample is a law that fails', () => {
  it.each([
    {
      name: 'no wrong input',
      without: { refuses: [] },
      law: 'darken: refuses wrong input and names the place',
      saying: "Give a wrong input in 'refuses' of 'darken'.",
    },
    {
      name: 'nothing about how long it takes',
      without: { long: undefined },
      law: 'darken: ends within 100 ms of an abort',
      saying: "Say in the sample for 'darken' how it takes long",
    },
    {
      name: 'nothing about what chance decides',
      without: { choice: undefined },
      law: 'darken: the same chance gives the same choice',
      saying: "It takes chance: say with 'choice' in the sample for 'darken' what chance decided.",
    },
    {
      name: 'no look',
      without: { prepare: async () => ({ ...(await room()), look: undefined }) },
      law: 'darken: its undo restores what a look can see',
      saying: "Give 'look' in the sample for 'darken'",
    },
    {
      name: 'a look that sees nothing of the harm',
      without: { prepare: async () => ({ ...(await room()), look: () => 'a dark room' }) },
      law: 'darken: its undo restores what a look can see',
      saying: "'look' sees no effect of 'darken': \"a dark room\" before and after it.",
    },
    {
      name: 'a long scene that is over soon',
      without: { long: darken.prepare },
      law: 'darken: ends within 100 ms of an abort',
      saying: "Its 'long' scene was never in the middle of it.",
    },
    {
      name: 'a scene that cannot be set up',
      without: {
        prepare: () => {
          throw new Error('no lamps left')
        },
      },
      law: 'darken: answers with JSON',
      saying: "The sample for 'darken' cannot be prepared: no lamps left",
    },
    {
      name: 'an input with which it fails',
      without: { prepare: () => ({ input: { folder: '/no/such/room' } }) },
      law: 'darken: answers with JSON',
      saying: 'It failed with its sample: ENOENT',
    },
  ])('$name', async ({ without, law, saying }) => {
    await expect(check(lawsWithout(without), law)).rejects.toThrow(saying)
  })

  it('a long scene that does not say when it is in the middle, of an activity without undo', async () => {
    const hidden = async () => {
      const { underway: _, ...scene } = await isLit.prepare()
      return scene
    }
    const isLit = whole.activities?.['is_lit'] as Sample
    const activities = { ...whole.activities, is_lit: { ...isLit, long: hidden } }
    const laws = driverLaws(() => plain, { driverFile, activities })
    await expect(check(laws, 'is_lit: leaves no handle, timer or child open')).rejects.toThrow(
      "Say with 'underway' in the 'long' scene of 'is_lit' when it is in the middle.",
    )
  })

  it('a driver file that is not there', async () => {
    const laws = driverLaws(() => plain, { ...whole, driverFile: '/no/such/driver.js' })
    await expect(check(laws, 'the driver: its file exports it')).rejects.toThrow('Cannot find module')
  })
})

describe('what a law sets up', () => {
  it.each([
    { outcome: 'holds', law: 'darken: its undo restores what a look can see', changes: {}, holds: true },
    {
      outcome: 'is broken',
      law: 'darken: answers with JSON',
      changes: { folder: '/no/such/room' },
      holds: false,
    },
  ])('is taken away when it $outcome', async ({ law, changes, holds }) => {
    let rooms = 0
    const prepare = async () => {
      const scene = await darken.prepare()
      rooms += 1
      const cleanUp = async () => {
        rooms -= 1
        await scene.cleanUp?.()
      }
      return { ...scene, input: { ...scene.input, ...changes }, cleanUp }
    }
    const broke = await check(lawsWithout({ prepare }), law).then(
      () => false,
      () => true,
    )
    expect({ rooms, holds: !broke }).toEqual({ rooms: 0, holds })
  })

  it('breaks the law when it cannot be taken away', async () => {
    const prepare = async () => {
      const scene = await room()
      const cleanUp = async () => {
        await scene.cleanUp?.()
        throw new Error('the lamps are glued on')
      }
      return { ...scene, cleanUp }
    }
    await expect(check(lawsWithout({ prepare }), 'darken: answers with JSON')).rejects.toThrow('glued on')
  })
})

it('tells several samples of one activity apart', () => {
  const activities = { ...whole.activities, darken: [darken, { ...darken, title: 'another room' }] }
  const names = driverLaws(() => plain, { driverFile, activities }).map(({ name }) => name)
  expect(names).toContain('darken: answers with JSON')
  expect(names).toContain('darken (another room): answers with JSON')
  expect(new Set(names).size).toBe(names.length)
})

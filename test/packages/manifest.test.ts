import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type Driver, type DriverManifest, manifestOf } from '../../packages/contract/src/index.ts'
import { here } from '../requirements.ts'

const packages = path.join(here, '../packages')
/** Of every driver's README, in this order; what a driver adds stands in between. */
const headings = [
  ...['Install', 'Try it', 'Activities', 'What it touches and how it undoes it', 'Platforms'],
  ...['Errors', 'Limits'],
]
const more: Readonly<Record<string, readonly string[]>> = {
  'driver-etcd': ['As a cluster'],
  'driver-lab': ['As a cluster'],
  'driver-python': ['Which Python', 'Controls', 'Without chaostoolkit-lib'],
}
const drivers = readdirSync(packages).filter((name) => name.startsWith('driver-'))

describe('the manifest that was built', () => {
  it.each(drivers)('of %s is what its driver says now', async (name) => {
    const folder = path.join(packages, name)
    const { default: driver } = (await import(pathToFileURL(path.join(folder, 'src/index.ts')).href)) as {
      default: Driver
    }
    const built: unknown = JSON.parse(await readFile(path.join(folder, 'dist/squall.json'), 'utf8'))
    expect(built, 'Run `npm run build`.').toEqual(JSON.parse(JSON.stringify(manifestOf(driver))))
  })
})

describe('the README', () => {
  it.each(drivers)('of %s names everything that its driver offers', async (name) => {
    const { readme, manifest } = await partsOf(name)
    const { activities, controls, resolvers, clusters, providers } = manifest
    const offers = [activities, controls, resolvers, clusters, providers].flatMap((part) =>
      Object.keys(part ?? {}),
    )
    expect(offers.filter((offer) => !new RegExp(`\\b${offer}\\b`).test(readme))).toEqual([])
  })

  it.each(drivers)('of %s describes its activities with all their arguments', async (name) => {
    const { readme, manifest } = await partsOf(name)
    const words = Object.entries(manifest.activities).flatMap(([activity, { args }]) => [
      activity,
      ...Object.keys(args.properties ?? {}),
    ])
    expect(words.filter((word) => !readme.includes(`\`${word}\``))).toEqual([])
  })

  it.each(drivers)('of %s has the headings every driver has, in their order', async (name) => {
    const { readme } = await partsOf(name)
    const own = [...readme.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading)
    expect(own.filter((heading) => !more[name]?.includes(heading))).toEqual(headings)
  })
})

async function partsOf(name: string): Promise<{ readme: string; manifest: DriverManifest }> {
  const folder = path.join(packages, name)
  const read = (file: string) => readFile(path.join(folder, file), 'utf8')
  return { readme: await read('README.md'), manifest: JSON.parse(await read('dist/squall.json')) }
}

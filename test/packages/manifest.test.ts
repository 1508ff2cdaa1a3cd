import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type Driver, type DriverManifest, manifestOf } from '../../packages/contract/src/index.ts'
import { here } from '../requirements.ts'

const packages = path.join(here, '../packages')
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
    const folder = path.join(packages, name)
    const manifest: DriverManifest = JSON.parse(await readFile(path.join(folder, 'dist/squall.json'), 'utf8'))
    const { activities, controls, resolvers, clusters, providers } = manifest
    const offers = [activities, controls, resolvers, clusters, providers].flatMap((part) =>
      Object.keys(part ?? {}),
    )
    const readme = await readFile(path.join(folder, 'README.md'), 'utf8')
    expect(offers.filter((offer) => !new RegExp(`\\b${offer}\\b`).test(readme))).toEqual([])
  })
})

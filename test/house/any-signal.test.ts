import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { here } from '../requirements.ts'

const packages = path.join(here, '../packages')

/** The composition itself, and the lab, which imports no package and composes what others hold. */
const allowed = ['contract/src/any-signal.ts', 'lab/src/host/bring-up.ts', 'lab/src/host/http-get.ts']

it('signals are composed by anySignal, since on Node 20 AbortSignal.any forgets time limits', () => {
  const sources = readdirSync(packages)
    .filter((name) => existsSync(path.join(packages, name, 'src')))
    .flatMap((name) =>
      readdirSync(path.join(packages, name, 'src'), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .map((file) => `${name}/src/${file}`),
    )
  expect(sources.length).toBeGreaterThan(500)
  const composing = sources.filter((file) =>
    readFileSync(path.join(packages, file), 'utf8').includes('AbortSignal.any('),
  )
  expect(composing.sort()).toEqual(allowed)
})

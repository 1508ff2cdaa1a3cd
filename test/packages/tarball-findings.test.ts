import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tarballOf } from './tarball.ts'
import { tarballFindings } from './tarball-findings.mjs'

let place: string
beforeAll(async () => {
  place = await mkdtemp(path.join(os.tmpdir(), 'squall-findings-'))
})
afterAll(() => rm(place, { recursive: true, force: true }))

const types = 'export declare const lamps: number\n'
const sound = { 'index.js': 'export const lamps = 3\n', 'index.d.ts': types }
const exported = { types: './index.d.ts', default: './index.js' }

describe('what is found in a tarball', () => {
  it.each([
    { name: 'nothing, when it is sound', files: sound, exports: { '.': exported }, found: [] },
    {
      name: 'a file that exports names and that is not there',
      files: sound,
      exports: { '.': exported, './more': { types: './index.d.ts', default: './more.js' } },
      found: [expect.stringMatching(/^publint: .*more\.js/)],
    },
    {
      name: 'a condition that is never reached',
      files: sound,
      exports: { '.': { default: './index.js', types: './index.d.ts' } },
      found: [
        expect.stringMatching(/^publint: .*types should be the first/),
        expect.stringMatching(/^publint: .*default should be the last/),
      ],
    },
    {
      name: 'an entry without types',
      files: { ...sound, 'more.js': 'export {}\n' },
      exports: { '.': exported, './more': './more.js' },
      found: ['types: UntypedResolution (./more, node16-esm)', 'types: UntypedResolution (./more, bundler)'],
    },
    {
      name: 'types of a module for a script',
      files: { ...sound, 'index.cjs': 'exports.lamps = 3\n' },
      exports: { '.': { types: './index.d.ts', default: './index.cjs' } },
      found: [
        expect.stringMatching(/^publint: .*types is interpreted as ESM/),
        'types: FalseESM (/node_modules/lamps/index.d.ts)',
      ],
    },
    {
      name: 'nothing about data that is only read',
      files: { ...sound, 'openapi.yaml': 'openapi: 3.1.0\n' },
      exports: { '.': exported, './openapi.yaml': './openapi.yaml' },
      found: [],
    },
  ])('$name', async ({ name, files, exports, found }) => {
    const folder = path.join(place, name.replaceAll(/\W+/g, '-'))
    const manifest = { name: 'lamps', version: '1.0.0', license: 'MIT', type: 'module', exports }
    await mkdir(folder)
    for (const [file, text] of Object.entries({ ...files, 'package.json': JSON.stringify(manifest) })) {
      await writeFile(path.join(folder, file), text)
    }
    const tarball = `${folder}.tgz`
    await writeFile(tarball, tarballOf(folder))
    expect(await tarballFindings({ tarball, manifest })).toEqual(found)
  })
})

import { describe, expect, it } from 'vitest'
import { houseFindings } from '../../scripts/house/house-findings.mjs'
import { readHouse } from '../../scripts/house/read-house.mjs'

const contractPeer = { peerDependencies: { '@squall/contract': 'workspace:^' } }
const manifests: Record<string, object> = {
  'package.json': { devDependencies: { vitest: '1' } },
  'packages/contract/package.json': { name: '@squall/contract', devDependencies: { zod: '1' } },
  'packages/event-log/package.json': {
    name: '@squall/event-log',
    dependencies: { '@squall/contract': '1' },
    exports: { '.': './dist/index.js', './package.json': './package.json' },
  },
  'packages/core/package.json': {
    name: '@squall/core',
    dependencies: { '@squall/contract': '1', '@squall/event-log': '1', 'js-yaml': '1', undici: '1' },
    devDependencies: { zod: '1' },
  },
  'packages/lab/package.json': { name: '@squall/lab' },
  'packages/cli/package.json': {
    name: '@squall/cli',
    devDependencies: { '@squall/core': '1', commander: '1' },
    peerDependencies: { '@squall/lab': '1' },
    peerDependenciesMeta: { '@squall/lab': { optional: true } },
  },
  'packages/driver-http/package.json': { name: '@squall/driver-http', ...contractPeer },
  'packages/driver-ports/package.json': { name: '@squall/driver-ports', ...contractPeer },
  'packages/squall/package.json': {
    name: 'squall',
    dependencies: { '@squall/cli': '1', '@squall/driver-http': '1', '@squall/lab': '1' },
  },
}

/** What the rules find in a sound tree once these files are added to it or replaced in it. */
function findingsWith(files: Record<string, string | object>): string[] {
  const texts = Object.entries({ ...manifests, ...files }).map(([file, content]): [string, string] => {
    return [file, typeof content === 'string' ? content : JSON.stringify(content)]
  })
  return houseFindings(new Map(texts))
}

it('finds nothing in this repository', () => {
  expect(houseFindings(readHouse(new URL('../../', import.meta.url)))).toEqual([])
})

it('finds nothing in the sound tree of these tests', () => {
  expect(findingsWith({})).toEqual([])
})

describe('a finding', () => {
  it.each([
    {
      rule: 'a package imports one above it',
      files: { 'packages/contract/src/a.ts': "\nimport { x } from '@squall/core'" },
      found: [
        'packages/contract/src/a.ts:2: contract may not import core (it may import: none of our packages).',
      ],
    },
    {
      rule: 'a type-only import counts',
      files: { 'packages/driver-http/src/a.ts': "import type { X } from '@squall/core'" },
      found: ['packages/driver-http/src/a.ts:1: driver-http may not import core (it may import: contract).'],
    },
    {
      rule: 'the type of an import() counts',
      files: { 'packages/driver-http/src/a.ts': "type X = import('@squall/driver-ports').X" },
      found: [
        'packages/driver-http/src/a.ts:1: driver-http may not import driver-ports (it may import: contract).',
      ],
    },
    {
      rule: 'a re-export counts',
      files: { 'packages/lab/src/a.ts': "export * from '@squall/contract'" },
      found: ['packages/lab/src/a.ts:1: lab may not import contract (it may import: none of our packages).'],
    },
    {
      rule: 'an optional peer is loaded on demand only',
      files: { 'packages/cli/src/a.ts': "import { startLab } from '@squall/lab'" },
      found: ['packages/cli/src/a.ts:1: cli may load lab with import() only: it is an optional peer.'],
    },
    {
      rule: 'the drivers that come with the command are named in package.json only',
      files: { 'packages/squall/src/a.ts': "await import('@squall/driver-http')" },
      found: ['packages/squall/src/a.ts:1: squall names driver-http in its package.json only.'],
    },
    {
      rule: 'a package imports itself by name',
      files: { 'packages/core/src/a.ts': "import { x } from '@squall/core'" },
      found: ['packages/core/src/a.ts:1: core imports itself by name: use a relative import.'],
    },
    {
      rule: 'a relative import leaves the package',
      files: { 'packages/core/src/a.test.ts': "import '../../contract/src/index.ts'" },
      found: [
        'packages/core/src/a.test.ts:1: a relative import may not leave packages/core: import the package by its name.',
      ],
    },
    {
      rule: 'an import reaches into another package',
      files: { 'packages/core/src/a.ts': "import { x } from '@squall/event-log/dist/segment.js'" },
      found: [
        'packages/core/src/a.ts:1: @squall/event-log/dist/segment.js reaches into the folders of another package: import @squall/event-log.',
      ],
    },
    {
      rule: 'a package that is not declared',
      files: { 'packages/core/src/a.ts': "import chalk from 'chalk'" },
      found: ['packages/core/src/a.ts:1: chalk is not declared in packages/core/package.json.'],
    },
    {
      rule: 'a package that is there for the tests',
      files: { 'packages/core/src/a.ts': "import { z } from 'zod'" },
      found: ['packages/core/src/a.ts:1: zod is a devDependency of core: what ships may not import it.'],
    },
    {
      rule: 'the root has it for the tests only',
      files: { 'packages/lab/src/a.ts': "import { it } from 'vitest'" },
      found: ['packages/lab/src/a.ts:1: vitest is not declared in packages/lab/package.json.'],
    },
    {
      rule: 'the contract with an npm package',
      files: { 'packages/contract/src/a.ts': "import { z } from 'zod'" },
      found: ['packages/contract/src/a.ts:1: contract imports no npm package, so not zod.'],
    },
    {
      rule: 'the core with a network library',
      files: { 'packages/core/src/host/a.ts': "import { request } from 'undici'\nimport 'node:https'" },
      found: [
        'packages/core/src/host/a.ts:1: core may not import undici: it has to be handed in.',
        'packages/core/src/host/a.ts:2: core may not import node:https: it has to be handed in.',
      ],
    },
    {
      rule: 'files in a circle, over types',
      files: {
        'packages/lab/src/a.ts': "\n\nimport type { B } from './deep/b.ts'",
        'packages/lab/src/deep/b.ts': "export { C } from '../c.ts'",
        'packages/lab/src/c.ts': "const a = await import('./a.ts')",
      },
      found: [
        'packages/lab/src/a.ts:3: import cycle: packages/lab/src/a.ts -> packages/lab/src/deep/b.ts -> packages/lab/src/c.ts -> packages/lab/src/a.ts.',
      ],
    },
    {
      rule: 'packages in a circle',
      files: {
        'packages/contract/src/a.ts': "import type { X } from '@squall/event-log'",
        'packages/event-log/src/a.ts': "import type { X } from '@squall/contract'",
      },
      found: [
        'packages/contract/src/a.ts:1: contract may not import event-log (it may import: none of our packages).',
        'packages/contract/package.json:1: packages import each other in a circle: contract -> event-log -> contract.',
      ],
    },
    {
      rule: 'a package without a row',
      files: { 'packages/helpers/package.json': { name: '@squall/helpers' } },
      found: [
        "packages/helpers/package.json:1: 'helpers' has no row in scripts/house/import-matrix.mjs, so nobody knows what it may import.",
      ],
    },
    {
      rule: 'a manifest that depends on a package above',
      files: {
        'packages/lab/package.json': {
          name: '@squall/lab',
          optionalDependencies: { '@squall/core': '1' },
          devDependencies: { '@squall/driver-http': '1' },
        },
      },
      found: [
        'packages/lab/package.json:1: lab may not depend on core.',
        'packages/lab/package.json:1: lab may not depend on driver-http, not in tests either.',
      ],
    },
    {
      rule: 'a driver with a contract of its own',
      files: {
        'packages/driver-http/package.json': {
          name: '@squall/driver-http',
          dependencies: { '@squall/contract': '1' },
        },
      },
      found: [
        'packages/driver-http/package.json:1: a driver has the contract as a peer, so that the command and its drivers share one copy.',
      ],
    },
    {
      rule: 'an optional package that everybody would get',
      files: { 'packages/cli/package.json': { name: '@squall/cli', dependencies: { '@squall/lab': '1' } } },
      found: ['packages/cli/package.json:1: lab must be an optional peer of cli.'],
    },
    {
      rule: 'a contract with dependencies',
      files: {
        'packages/contract/package.json': { name: '@squall/contract', dependencies: { zod: '1' } },
      },
      found: ["packages/contract/package.json:1: contract has no dependencies, so not 'zod'."],
    },
    {
      rule: 'a file that is no module',
      files: { 'packages/lab/src/a.ts': 'const = 1' },
      found: [expect.stringMatching(/^packages\/lab\/src\/a\.ts:1: cannot be parsed: /)],
    },
  ])('$rule', ({ files, found }) => {
    expect(findingsWith(files as Record<string, string | object>)).toEqual(found)
  })
})

describe('no finding', () => {
  it.each([
    { allowed: 'a row of the table', file: 'packages/core/src/a.ts', text: "import '@squall/event-log'" },
    {
      allowed: 'a driver and the contract',
      file: 'packages/driver-ports/src/a.ts',
      text: "import '@squall/contract'",
    },
    {
      allowed: 'an optional peer on demand',
      file: 'packages/cli/src/a.ts',
      text: "await import('@squall/lab')",
    },
    {
      allowed: 'the types of an optional peer',
      file: 'packages/cli/src/a.ts',
      text: "import type { L } from '@squall/lab'",
    },
    {
      allowed: 'an exported subpath',
      file: 'packages/core/src/a.ts',
      text: "import '@squall/event-log/package.json'",
    },
    {
      allowed: 'a devDependency of a package that ships as a bundle',
      file: 'packages/cli/src/a.ts',
      text: "import 'commander'",
    },
    {
      allowed: 'a devDependency in a build script',
      file: 'packages/core/scripts/a.mjs',
      text: "import 'zod'",
    },
    { allowed: 'a declared library', file: 'packages/core/src/a.ts', text: "import 'js-yaml'" },
    {
      allowed: 'a devDependency in a test',
      file: 'packages/core/src/a.test.ts',
      text: "import 'zod'; import 'vitest'",
    },
    {
      allowed: 'a built package in its own bin',
      file: 'packages/cli/bin/a.js',
      text: "require('../dist/index.js')",
    },
    {
      allowed: 'an import in a comment or a string',
      file: 'packages/lab/src/a.ts',
      text: '// import "@squall/core"\nconst s = `import "@squall/cli"`',
    },
    {
      allowed: 'a name that is known at run time only',
      file: 'packages/core/src/a.ts',
      text: 'await import(String(1))',
    },
  ])('$allowed', ({ file, text }) => {
    expect(findingsWith({ [file]: text })).toEqual([])
  })
})

describe('taken from thin air', () => {
  it.each([
    { text: 'const a = Date.now()', what: 'Date.now' },
    { text: 'const now = Date.now', what: 'Date.now' },
    { text: "const a = Date['now']()", what: 'Date.now' },
    { text: 'const a = new Date()', what: 'new Date()' },
    { text: 'const a = Date()', what: 'Date()' },
    { text: 'const a = performance.now()', what: 'performance' },
    { text: 'setTimeout(() => {}, 1)', what: 'setTimeout' },
    { text: 'const wait = setInterval', what: 'setInterval' },
    { text: 'setImmediate(() => {})', what: 'setImmediate' },
    { text: 'const a = AbortSignal.timeout(5)', what: 'AbortSignal.timeout' },
    { text: 'const a = Math.random()', what: 'Math.random' },
    { text: 'const a = crypto.randomUUID()', what: 'crypto.randomUUID' },
    { text: 'const a = process.env.HOME', what: 'process' },
    { text: "const a = typeof process === 'object'", what: 'process' },
    { text: 'const { platform } = process', what: 'process' },
    { text: 'const a = { process }', what: 'process' },
    { text: 'const a = (b = process.pid) => b', what: 'process' },
    { text: `const a = \`\${process.pid}\``, what: 'process' },
    { text: 'export default process', what: 'process' },
    { text: 'function f(process: P) {}\nprocess.exit()', what: 'process', line: 2 },
    { text: "const é = 'ü'\nawait fetch(é)", what: 'fetch', line: 2 },
    { text: 'globalThis.setTimeout(f)', what: 'globalThis' },
    { text: 'const a = (fetch as Fetch)(url)', what: 'fetch' },
  ])('$text', ({ text, what, line = 1 }) => {
    expect(findingsWith({ 'packages/lab/src/a.ts': text })).toEqual([
      `packages/lab/src/a.ts:${line}: ${what} belongs in a folder named host/, and is handed in elsewhere.`,
    ])
  })

  it.each([
    {
      text: "import { spawn } from 'node:child_process'",
      found: 'node:child_process belongs in a folder named host/',
    },
    {
      text: "import { spawn } from 'child_process'",
      found: 'node:child_process belongs in a folder named host/',
    },
    {
      text: "import { type Server, createServer } from 'node:http'",
      found: 'node:http belongs in a folder named host/',
    },
    { text: "const net = await import('node:net')", found: 'node:net belongs in a folder named host/' },
    {
      text: "export { setTimeout } from 'node:timers/promises'",
      found: 'node:timers/promises belongs in a folder named host/',
    },
    {
      text: "import { randomUUID } from 'node:crypto'",
      found: 'randomUUID of node:crypto is chance: it belongs in a folder named host/',
    },
    {
      text: "import crypto from 'node:crypto'",
      found: 'name what is used of node:crypto: it also has chance',
    },
  ])('$text', ({ text, found }) => {
    expect(findingsWith({ 'packages/lab/src/a.ts': text })).toEqual([`packages/lab/src/a.ts:1: ${found}.`])
  })
})

describe('not taken from thin air', () => {
  it.each([
    { why: 'a moment that was given', text: 'const a = (ms: number) => new Date(ms).toISOString()' },
    { why: 'a date that is read', text: 'const a = Date.parse(b)' },
    { why: 'a parameter of that name', text: 'function f(process: { pid: number }) { return process.pid }' },
    {
      why: 'a destructured parameter',
      text: 'const f = ({ fetch, clock: { performance } }: W) => fetch(performance)',
    },
    { why: 'a variable of that name', text: 'for (const process of list) { kill(process.pid) }' },
    { why: 'an import of that name', text: "import { setTimeout } from './clock.ts'\nsetTimeout(1)" },
    { why: 'a member of that name', text: 'const a = world.process.pid + world.Date.now()' },
    { why: 'a key of that name', text: 'const a = { process: 1, fetch() {} }' },
    { why: 'a class member of that name', text: 'class A { fetch = 1; process() { return this.fetch } }' },
    { why: 'a type', text: 'export interface W { fetch: typeof fetch; env: NodeJS.ProcessEnv }' },
    { why: 'a comment or a string', text: "/* process.env */ const a = 'process.env'" },
    { why: 'the type of a server', text: "import type { Server } from 'node:http'" },
    { why: 'a digest', text: "import { createHash } from 'node:crypto'" },
    { why: 'a re-export of that name', text: "export { process } from './b.ts'" },
  ])('$why', ({ text }) => {
    expect(findingsWith({ 'packages/lab/src/a.ts': text })).toEqual([])
  })

  it.each([
    'packages/lab/src/host/clock.ts',
    'packages/lab/src/keeper/host/clock.ts',
    'packages/lab/src/clock.test.ts',
    'packages/lab/test/clock.ts',
    'packages/lab/bin/lab.js',
  ])('%s may', (file) => {
    expect(findingsWith({ [file]: "import 'node:net'\nsetTimeout(() => Date.now(), process.pid)" })).toEqual(
      [],
    )
  })
})

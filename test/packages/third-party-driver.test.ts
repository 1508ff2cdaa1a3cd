import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { here, notRun } from '../requirements.ts'
import { guideSteps, playSteps } from './guide.ts'
import { playIsolated } from './isolated.ts'
import { type LocalRegistry, startRegistry } from './local-registry.ts'
import { packAll } from './packed.ts'
import { thirdPartyPackages } from './third-party.ts'
import { userEnvironment } from './user-project.ts'

const example = path.join(here, '../examples/third-party-driver')
const ours = ['@squall/contract', '@squall/testkit', '@squall/cli', '@squall/driver-http']
const readme = await readFile(path.join(example, 'README.md'), 'utf8')
const steps = guideSteps(readme)
const isolated = await execa(path.join(here, 'netns.sh'), ['redis-server', '--version'], { reject: false })
if (isolated.exitCode !== 0) notRun('the third-party driver', isolated.stderr)

let place: string
let folder: string
let registry: LocalRegistry
let env: NodeJS.ProcessEnv

beforeAll(async () => {
  place = await mkdtemp(path.join(os.tmpdir(), 'squall-third-'))
  folder = path.join(place, 'driver')
  await mkdir(path.join(place, 'home'))
  registry = await startRegistry(
    await packAll(place, ours),
    thirdPartyPackages(['typescript', 'vitest', 'zod']),
  )
  env = userEnvironment(path.join(place, 'home'), registry)
  const isSource = (file: string): boolean => !/\/(node_modules|dist|package-lock\.json)$/.test(file)
  await cp(example, folder, { recursive: true, filter: isSource })
}, 120_000)

afterAll(async () => {
  await registry?.[Symbol.asyncDispose]()
  await rm(place, { recursive: true, force: true })
})

describe.skipIf(isolated.exitCode !== 0)('a driver that others wrote', () => {
  it('installs from tarballs, builds and keeps every law', async () => {
    for (const step of await playSteps(steps.slice(0, 1), folder, env)) {
      expect(step, step.output).toMatchObject({ command: 'npm install-test', exitCode: 0, notPrinted: [] })
    }
  }, 150_000)

  it('plans and plays its experiment on a real Redis, as its README shows', async () => {
    const commands = steps.slice(1).map(({ command }) => command)
    const { exitCode, output } = await playIsolated([script(commands)], { folder, env })
    expect(exitCode, output).toBe(0)
    const printed = timeless(output)
    for (const line of steps.slice(1).flatMap(({ shown }) => shown)) {
      expect(printed).toContain(timeless(line))
    }
    const journal = await readFile(path.join(folder, 'journal.json'), 'utf8')
    expect(JSON.parse(journal)).toMatchObject({ status: 'completed', deviated: false })
    expect(journal).not.toContain('letmein')
  }, 90_000)

  it('puts the key back when the runner is killed, and its password lies nowhere', async () => {
    const file = path.join(folder, 'example/experiment.json')
    const experiment = JSON.parse(await readFile(file, 'utf8'))
    experiment.method[0].pauses = { after: 60 }
    await writeFile(path.join(folder, 'example/long.json'), JSON.stringify(experiment))
    const [redis = '', shop = ''] = steps.slice(1).map(({ command }) => command)
    const has = (count: number): string =>
      `[ "$(redis-cli -a letmein --no-auth-warning EXISTS price:tea)" = ${count} ]`
    const commands = [
      script([redis, shop]),
      `REDIS_PASSWORD=letmein node_modules/.bin/squall run example/long.json --driver . & runner=$!`,
      waitFor(has(0)),
      // What was registered is on disk by now, as its name shows.
      `${stored('price:tea')} && ! ${stored('letmein')} && echo "registered without its password"`,
      'kill -KILL $runner',
      waitFor(has(1)),
      'echo "put back"',
    ]
    const { exitCode, output } = await playIsolated(commands, { folder, env })
    expect(output).toMatch(/registered without its password.*put back/s)
    expect(exitCode, output).toBe(0)
  }, 90_000)

  it('says in its README what squall docs finds in it', async () => {
    const words = ['squall', 'docs', 'redis', '--driver', '.']
    const { stdout } = await execa('npx', words, { cwd: folder, env, extendEnv: false })
    const plain = readme.replaceAll(/ +\|/g, ' |')
    const rows = stdout
      .split('\n')
      .slice(2)
      .map((row) => row.replaceAll(/ +\|/g, ' |'))
    expect(rows).toHaveLength(4)
    expect(rows.filter((row) => !plain.includes(row))).toEqual([])
  })
})

/** Whether a text lies anywhere in the home folder, apart from what npm keeps there. */
function stored(text: string): string {
  return `grep -rq --exclude-dir=.npm ${text} "$HOME"`
}

function waitFor(condition: string): string {
  return `until ${condition}; do sleep 0.05; done`
}

/** Who reads the README types slower than a server starts; here the next command waits until it is there. */
function script(commands: readonly string[]): string {
  const ports: Readonly<Record<string, number>> = { 'redis-server': 6379, 'shop.mjs': 8080 }
  return commands
    .flatMap((command) => {
      const port = Object.entries(ports).find(([name]) => command.includes(name))?.[1]
      return port === undefined ? [command] : [command, waitFor(`ss -Hltn | grep -q ':${port} '`)]
    })
    .join('\n')
}

function timeless(text: string): string {
  return text.replaceAll(/\d+(\.\d+)? m?s\b/g, 'TIME')
}

import { execFile, spawnSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleScenarios } from './isolated/bundle.ts'
import { notRunCode } from './isolated/stage.ts'

const scenarios = [
  { file: 'crowd', shows: 'hits one listener among 300 processes and 2,000 sockets, on IPv4 and IPv6' },
  { file: 'exact-port', shows: 'tells 5000 from 50001, and a listener from a client' },
  { file: 'several-addresses', shows: 'names and kills every listener of a port' },
  { file: 'reuse-port', shows: 'kills both listeners that share a port by SO_REUSEPORT, or one' },
  { file: 'prefork', shows: 'kills parent and child that hold one socket, or one' },
  { file: 'other-user', shows: "leaves another user's listener alone unless asked" },
  { file: 'unprivileged', shows: 'says who owns a listener whose process it cannot see' },
  { file: 'reused-pid', shows: 'spares a process that got the pid of the victim' },
  { file: 'guard-rails', shows: 'never hits squall, what started it, process 1 or threads by their number' },
  { file: 'pause', shows: 'freezes a server; the undo in another process lets it go on' },
  { file: 'grace', shows: 'asks first and insists after the grace period' },
  { file: 'abort', shows: 'returns at once when it is aborted' },
  { file: 'no-tools', shows: 'needs no program on the PATH' },
  { file: 'other-namespace', shows: 'finds a listener in another network namespace when asked' },
  { file: 'other-tables', shows: 'works the same through lsof, ps-list and fkill' },
]

/** For one scenario; it takes a second or two, the crowd some more on a busy machine. */
const limitMs = 60_000

const root = path.resolve(import.meta.dirname, '../../..')
const netns = path.join(root, 'test/netns.sh')
// Never without isolation, whatever the environment accepts: these scenarios kill.
const env = {
  ...process.env,
  NO_NS: '',
  SQUALL_FIXTURES: path.join(import.meta.dirname, 'fixtures'),
}
const attempt = spawnSync('bash', [netns, 'true'], { env, encoding: 'utf8' })
const obstacle = attempt.status === 0 ? null : `${attempt.error ?? attempt.stderr}`.trim()

if (obstacle !== null) {
  it('says that nothing was killed for real', () => {
    const isDemanded = sayNotRun('every scenario with real processes', obstacle)
    expect(isDemanded).toBe(false)
  })
}

describe.skipIf(obstacle !== null)('in a namespace of its own', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await bundleScenarios(scenarios.map(({ file }) => file))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  for (const { file, shows } of scenarios) {
    it(shows, { timeout: limitMs + 5000 }, async ({ skip }) => {
      const why = await play(file, path.join(folder, 'player.mjs'))
      if (why === null) return
      expect(sayNotRun(shows, why)).toBe(false)
      skip(`not run: ${why}`)
    })
  }
})

/** Plays a scenario to its end; answers with the reason when it cannot be played here. */
async function play(file: string, player: string): Promise<string | null> {
  const options = { env, cwd: root, timeout: limitMs }
  try {
    await promisify(execFile)('bash', [netns, process.execPath, player, file], options)
    return null
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: string }
    if (code === notRunCode) return stderr ?? ''
    throw new Error(`The scenario failed (${code}).\n${stderr ?? ''}`)
  }
}

/** Says loudly that something was not run; answers whether everything has to be. */
function sayNotRun(what: string, why: string): boolean {
  process.stderr.write(`NOT RUN: ${what}: ${why.trim()}\n`)
  return process.env['SQUALL_REQUIRE_ALL'] === '1'
}

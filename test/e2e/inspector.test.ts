import path from 'node:path'
import { execa } from 'execa'
import { describe, expect, it } from 'vitest'
import { here, notRun } from '../requirements.ts'
import { squallFile } from './squall.ts'

const driver = path.join(here, '../packages/driver-inspector')
const netns = path.join(here, 'netns.sh')
const isolated = await execa(netns, ['true'], { reject: false })

interface Seen {
  readonly status: number
  readonly body: string
  readonly ms: number
}

interface Story {
  readonly before: Readonly<Record<string, Seen>>
  readonly during?: Readonly<Record<string, Seen>>
  readonly after: Readonly<Record<string, Seen>>
  /** Milliseconds of the slowest answer while the event loop was blocked. */
  readonly blocked?: number
  readonly exitCode: number | null
  readonly alive: boolean
}

async function play(scene: 'run' | 'block' | 'kill'): Promise<Story> {
  const program = path.join(driver, 'test/fixtures/server.cjs')
  const player = path.join(here, 'e2e/inspector/play.mjs')
  const { stdout } = await execa(netns, [process.execPath, player, squallFile, driver, program, scene], {
    timeout: 60_000,
  })
  return JSON.parse(stdout)
}

const healthy = { '/file': { status: 200 }, '/fetch': { status: 200 }, '/page': { status: 200 } }
const faulty = {
  '/file': { status: 200, body: 'read' },
  '/fetch': { status: 500, body: 'ECONNREFUSED' },
  '/page': { status: 500, body: 'EINJECTED' },
}

function expectWhole({ before, after, alive }: Story): void {
  expect(alive).toBe(true)
  expect(before).toMatchObject(healthy)
  expect(after).toMatchObject(healthy)
  expect(after['/file']?.ms).toBeLessThan(250)
}

if (isolated.exitCode !== 0) {
  it('says that nothing was done to a real server', () =>
    notRun('faults inside a running server', isolated.stderr))
} else
  describe('an ordinary server that knows nothing of squall', { timeout: 90_000 }, () => {
    it.each([
      { how: 'the run ends', scene: 'run' as const, exitCode: 0 },
      { how: 'the runner is killed by SIGKILL', scene: 'kill' as const, exitCode: null },
    ])('is slow, refused and broken inside, and whole again after $how', async ({ scene, exitCode }) => {
      const story = await play(scene)
      expect(story.during).toMatchObject(faulty)
      expect(story.during?.['/file']?.ms).toBeGreaterThan(295)
      expect(story.exitCode).toBe(exitCode)
      expectWhole(story)
    })

    it('answers nobody while its event loop is blocked', async () => {
      const story = await play('block')
      expect(story.blocked).toBeGreaterThan(700)
      expectWhole(story)
    })
  })

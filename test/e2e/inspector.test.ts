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

type Look = Readonly<Record<'/file' | '/fetch' | '/page' | '/name' | '/socket' | '/timer', Seen>> & {
  /** Milliseconds that its clock is ahead. */
  readonly ahead: number
}

interface Story {
  readonly before: Look
  readonly during?: Look
  readonly after: Look
  /** Milliseconds of the slowest answer while the event loop was blocked. */
  readonly blocked?: number
  readonly exitCode: number | null
  readonly alive: boolean
}

interface Visits {
  readonly runs: readonly {
    readonly exitCode: number
    readonly said: string
    readonly statuses: readonly string[]
  }[]
  /** Sockets on which the server listens. */
  readonly before: number
  readonly after: number
  /** What becomes of a file that the server reads, or by what it ended. */
  readonly read: string
}

async function playFile(name: string, scene: string): Promise<string> {
  const program = path.join(driver, 'test/fixtures/server.cjs')
  const player = path.join(here, 'e2e/inspector', name)
  const words = [process.execPath, player, squallFile, driver, program, scene]
  return (await execa(netns, words, { timeout: 60_000 })).stdout
}

const play = async (scene: 'run' | 'block' | 'kill'): Promise<Story> =>
  JSON.parse(await playFile('play.mjs', scene))
const visit = async (scene: 'two' | 'debugged' | 'public' | 'gone'): Promise<Visits> =>
  JSON.parse(await playFile('visits.mjs', scene))

const pages = ['/file', '/fetch', '/page', '/name', '/socket', '/timer'] as const
const healthy = Object.fromEntries(pages.map((page) => [page, { status: 200 }]))
const faulty = {
  '/file': { status: 200, body: 'read' },
  '/fetch': { status: 500, body: 'ECONNREFUSED' },
  '/page': { status: 500, body: 'EINJECTED' },
  '/name': { status: 500, body: 'ENOTFOUND' },
  '/socket': { status: 500, body: 'ECONNRESET' },
}

function expectWhole({ before, after, alive }: Story): void {
  expect(alive).toBe(true)
  expect(before).toMatchObject(healthy)
  expect(after).toMatchObject(healthy)
  expect(after['/file'].ms).toBeLessThan(250)
  expect(after['/timer'].ms).toBeLessThan(250)
  expect(Math.abs(before.ahead)).toBeLessThan(60_000)
  expect(Math.abs(after.ahead)).toBeLessThan(60_000)
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
      expect(story.during?.['/file'].ms).toBeGreaterThan(295)
      expect(story.during?.['/timer'].ms).toBeGreaterThan(295)
      expect(story.during?.ahead).toBeGreaterThan(3_540_000)
      expect(story.exitCode).toBe(exitCode)
      expectWhole(story)
    })

    it('answers nobody while its event loop is blocked', async () => {
      const story = await play('block')
      expect(story.blocked).toBeGreaterThan(700)
      expectWhole(story)
    })

    it('serves two runs at once, each of which puts its own back', async () => {
      const { runs, ...seen } = await visit('two')
      for (const { exitCode, statuses, said } of runs) {
        expect(statuses, said).toEqual(['succeeded', 'succeeded', 'succeeded'])
        expect(exitCode, said).toBe(0)
      }
      expect(seen).toEqual({ before: 1, after: 1, read: 'read' })
    })

    it('keeps the inspector that somebody else has opened, on whatever port', async () => {
      const { runs, ...seen } = await visit('debugged')
      expect(runs[0]?.statuses, runs[0]?.said).toEqual(['succeeded', 'succeeded', 'succeeded'])
      expect(seen).toEqual({ before: 2, after: 2, read: 'read' })
    })

    it('is left alone where its inspector would be open to other machines', async () => {
      const { runs, ...seen } = await visit('public')
      expect(runs[0]?.statuses).toEqual(['failed', 'failed', 'failed'])
      expect(runs[0]?.said).toContain('on 0.0.0.0, where other machines could reach it')
      expect(runs[0]?.exitCode).toBe(0)
      expect(seen).toEqual({ before: 1, after: 1, read: 'read' })
    })

    it('may end while its event loop is blocked, which ends the action and leaves nothing to undo', async () => {
      const { runs, read } = await visit('gone')
      expect(runs[0]).toMatchObject({ exitCode: 0, statuses: ['failed'] })
      expect(read).toBe('SIGKILL')
    })
  })

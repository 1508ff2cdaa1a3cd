import path from 'node:path'
import { execa } from 'execa'
import { describe, expect, it } from 'vitest'
import { here, notRun } from '../requirements.ts'
import { squallFile } from './squall.ts'

const driver = path.join(here, '../packages/driver-net')
const netns = path.join(here, 'netns.sh')
const isolated = await execa(netns, ['true'], { reject: false })
const redis = await execa('redis-server', ['--version'], { reject: false })

interface Story {
  /** Milliseconds that the proxy adds without a toxic. */
  readonly without: number
  /** What it adds with a toxic of 100 ms, measured a few times. */
  readonly closest: readonly number[]
  /** Proxy servers while the experiment ran. */
  readonly servers: number
  readonly exitCode: number | null
  readonly serverAlive: boolean
}

async function play(kind: 'http' | 'redis', scene: 'run' | 'kill'): Promise<Story> {
  const player = path.join(here, 'e2e/net/play.mjs')
  const { stdout } = await execa(netns, [process.execPath, player, squallFile, driver, kind, scene], {
    timeout: 100_000,
  })
  return JSON.parse(stdout)
}

const obstacle = isolated.exitCode === 0 ? null : isolated.stderr

if (obstacle !== null) {
  it('says that nothing was put in front of a real server', () =>
    notRun('a proxy in front of real servers', obstacle))
} else
  describe('a real server behind the proxy', { timeout: 120_000 }, () => {
    if (redis.exitCode !== 0)
      it('says that nothing was put in front of Redis', () =>
        notRun('a proxy in front of Redis', 'there is no program redis-server (Debian: redis-server)'))

    it.each(
      [
        { kind: 'http' as const, how: 'ends', scene: 'run' as const, exitCode: 0 },
        { kind: 'http' as const, how: 'is killed by SIGKILL', scene: 'kill' as const, exitCode: null },
        { kind: 'redis' as const, how: 'ends', scene: 'run' as const, exitCode: 0 },
        { kind: 'redis' as const, how: 'is killed by SIGKILL', scene: 'kill' as const, exitCode: null },
      ].filter(({ kind }) => kind === 'http' || redis.exitCode === 0),
    )(
      'is as late as was asked ($kind), and nothing is left once the run $how',
      async ({ kind, scene, exitCode }) => {
        const story = await play(kind, scene)
        expect(story.without).toBeLessThan(20)
        expect(Math.min(...story.closest.map((added) => Math.abs(added - 100)))).toBeLessThan(10)
        expect(story).toMatchObject({ servers: 1, exitCode, serverAlive: true })
      },
    )
  })

import path from 'node:path'
import { execa } from 'execa'
import { describe, expect, it } from 'vitest'
import { here, notRun } from '../requirements.ts'
import { squallFile } from './squall.ts'

const driver = path.join(here, '../packages/driver-net')
const netns = path.join(here, 'netns.sh')
const possible = await execa(netns, ['sh', '-c', 'nft list tables && tc -V'], { reject: false })

interface Seen {
  /** `served`, `nothing` when the client gave up, or the code of an error. */
  readonly how: string
  readonly ms: number
}

interface Link {
  readonly isUp: boolean
  /** Whether a route through it is there that somebody else made. */
  readonly hasOwnRoute: boolean
}

type Story = Readonly<
  Record<'before' | 'limited' | 'dropped' | 'beside' | 'reset' | 'cut' | 'routeless' | 'after', Seen>
> & {
  /** Share of the datagrams that came back. */
  readonly share: number
  readonly down: Link
  readonly up: Link
  readonly remains: string
  readonly exitCode: number | null
}

async function play(scene: 'run' | 'kill'): Promise<Story> {
  const player = path.join(here, 'e2e/net/cut.mjs')
  const { stdout } = await execa(netns, [process.execPath, player, squallFile, driver, scene], {
    timeout: 110_000,
  })
  return JSON.parse(stdout)
}

if (possible.exitCode !== 0) {
  it('says that no fault in the kernel was tried', () =>
    notRun('faults in the kernel between namespaces', possible.stderr))
} else
  describe('two hosts of one network', { timeout: 120_000 }, () => {
    it.each([
      { how: 'ends', scene: 'run' as const, exitCode: 0 },
      { how: 'is killed by SIGKILL', scene: 'kill' as const, exitCode: null },
    ])('are slowed, reset, dropped and cut off, and whole once the run $how', async ({ scene, exitCode }) => {
      const story = await play(scene)
      expect(story).toMatchObject({
        before: { how: 'served' },
        limited: { how: 'served' },
        dropped: { how: 'nothing' },
        beside: { how: 'served' },
        reset: { how: 'ECONNREFUSED' },
        cut: { how: 'nothing' },
        routeless: { how: 'EINVAL' },
        down: { isUp: false, hasOwnRoute: false },
        up: { isUp: true, hasOwnRoute: true },
        after: { how: 'served' },
        remains: '',
        exitCode,
      })
      // Of 400, 30 % lost: six standard deviations to each side.
      expect(story.share).toBeGreaterThan(0.56)
      expect(story.share).toBeLessThan(0.84)
      // 300 kB, less what may go at once, at 2 Mbit/s.
      expect(story.limited.ms).toBeGreaterThan(900)
      expect(story.limited.ms).toBeGreaterThan(story.before.ms)
    })
  })

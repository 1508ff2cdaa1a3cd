import path from 'node:path'
import { execa } from 'execa'
import { describe, expect, it } from 'vitest'
import { here, notRun } from '../requirements.ts'
import { squallFile } from './squall.ts'

const driver = path.join(here, '../packages/driver-os')
const netns = path.join(here, 'netns.sh')
const isolated = await execa(netns, ['true'], { reject: false })
const hasClockLibrary = (await execa('faketime', ['--version'], { reject: false })).exitCode === 0

interface Look {
  readonly children: readonly string[]
  /** MiB of memory that the stress holds. */
  readonly held: number
  /** MiB on the disk. */
  readonly free: number
  /** What becomes of 20 MiB that somebody writes. */
  readonly writing: string
  readonly data: string
  readonly modified: number
  /** Files of squall in the folder. */
  readonly beside: number
  readonly frozen: boolean
  /** Whether the control group is; null where none can be made. */
  readonly group: boolean | null
  readonly limit: string
}

interface Story {
  readonly before: Look
  readonly during: Look & {
    /** Cores that the load took, in one window after the other. */
    readonly loads: readonly number[]
    /** Seconds. */
    readonly ahead: number
  }
  readonly after: Look
  readonly exitCode: number | null
  readonly said: string
}

async function play(scene: 'run' | 'kill'): Promise<Story> {
  const player = path.join(here, 'e2e/os/play.mjs')
  const { stdout } = await execa(netns, [process.execPath, player, squallFile, driver, scene], {
    timeout: 120_000,
  })
  return JSON.parse(stdout)
}

const whole = {
  children: [],
  held: 0,
  writing: 'room',
  beside: 0,
  frozen: false,
  data: 'a file that somebody needs\n',
}

if (isolated.exitCode !== 0) {
  it('says that nothing was done to a real machine', () => notRun('faults of a machine', isolated.stderr))
} else if (!hasClockLibrary) {
  it('says that nothing was done to a clock', () =>
    notRun('faults of a machine', 'there is no libfaketime (Debian: faketime)'))
} else
  describe('a machine', { timeout: 150_000 }, () => {
    it.each([
      { how: 'the run ends', scene: 'run' as const, exitCode: 0 },
      { how: 'the runner is killed by SIGKILL', scene: 'kill' as const, exitCode: null },
    ])('is busy, full, frozen and broken, and whole again after $how', async ({ scene, exitCode }) => {
      const { before, during, after, ...rest } = await play(scene)
      expect(before).toMatchObject(whole)
      expect(during).toMatchObject({
        children: ['clock', 'cpu', 'memory'],
        writing: 'ENOSPC',
        frozen: true,
        beside: 1,
      })
      if (before.group === null)
        notRun('freezing a control group', 'none can be made here', { required: false })
      else expect([before.group, during.group]).toEqual([false, true])
      expect(Math.min(...during.loads.map((cores) => Math.abs(cores - 0.1)))).toBeLessThan(0.01)
      expect(Math.abs(during.ahead - 3600)).toBeLessThan(10)
      expect(during.held).toBeGreaterThan(100)
      expect(during.held).toBeLessThan(140)
      expect(during.free).toBeCloseTo(5, 1)
      expect(differences(during.data, before.data)).toBe(3)
      expect(Number(during.limit)).toBeLessThan(20)
      expect(after).toEqual(before)
      expect(rest.exitCode, rest.said).toBe(exitCode)
    })
  })

/** Number of places in which two texts of one length differ. */
function differences(a: string, b: string): number {
  return [...Buffer.from(a, 'latin1').keys()].filter((index) => a[index] !== b[index]).length
}

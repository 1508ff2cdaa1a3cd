import { spawnSync } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { notRun } from '../requirements.ts'
import { allHarmDone } from './crash.ts'
import { eventually } from './machine.ts'
import { ended, Stage } from './stage.ts'

/** The state folder lies on a disk of its own, which is full when the runner dies. */
export function diskTests(): void {
  const why = spawnSync('unshare', ['--mount', 'true'], { encoding: 'utf8' })
  if (why.status !== 0) return notRun('healing on a full disk', `it takes a mount of its own: ${why.stderr}`)
  it('undoes everything and writes the journal when the disk of the state folder is full', async () => {
    await using stage = await Stage.set()
    const state = path.join(stage.folder, 'state')
    await mkdir(state)
    const mounted = 'mount -t tmpfs -o size=256k none "$0" && exec "$@"'
    const runner = stage.start(['unshare', '--mount', 'sh', '-c', mounted, state, ...stage.runner()])
    const over = ended(runner)
    await allHarmDone(stage)
    expect(fill(`/proc/${runner.pid}/root${state}/filler`)).toBe('ENOSPC')
    runner.kill('SIGKILL')
    await over
    await eventually('all is as before', () => (stage.isAsBefore() ? true : undefined))
    await stage.untilSettled()
    const journal = JSON.parse(await readFile(stage.journalPath, 'utf8'))
    expect(journal).toMatchObject({ status: 'interrupted', reason: expect.stringContaining('disappeared') })
    expect(journal.undo).toHaveLength(9)
  })
}

/** Resolves to why it could write no more. */
function fill(file: string): string | undefined {
  try {
    for (;;) appendFileSync(file, 'x'.repeat(512))
  } catch (error) {
    return (error as NodeJS.ErrnoException).code
  }
}

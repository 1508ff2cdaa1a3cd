import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Act } from './act.ts'
import { notRun } from './not-run.ts'

const roots = ['/sys/fs/cgroup/freezer', '/sys/fs/cgroup/unified', '/sys/fs/cgroup']
const name = `squall-test-${process.pid}`

/** An empty group in each tree of control groups that has a freezer. */
const folders = roots.map((root) => path.join(root, name)).filter(isMade)

function isMade(folder: string): boolean {
  try {
    mkdirSync(folder)
  } catch {
    return false
  }
  const hasFreezer = ['freezer.state', 'cgroup.freeze'].some((file) => existsSync(path.join(folder, file)))
  rmdirSync(folder)
  return hasFreezer
}

if (folders.length === 0) {
  it('says that no group was frozen', () =>
    notRun('freezing a control group', 'none can be made here', { required: false }))
}

describe.each(folders)('%s', (folder) => {
  it('stands still as a whole and goes on', async () => {
    mkdirSync(folder)
    const children = [0, 1].map(() => spawn('sh', ['-c', 'while :; do :; done'], { stdio: 'ignore' }))
    const pids = children.map(({ pid }) => pid ?? 0)
    const act = new Act('.')
    try {
      for (const pid of pids) writeFileSync(path.join(folder, 'cgroup.procs'), String(pid))
      expect((await act.run('freeze_group', { group: name })).pids.sort()).toEqual([...pids].sort())
      await until(async () => (await ticksOver(100, pids)) === 0)
      expect(await ticksOver(300, pids)).toBe(0)
      expect(await act.undo()).toEqual(['undone'])
      await until(async () => (await ticksOver(100, pids)) > 0)
      expect(await act.undo()).toEqual(['not needed'])
    } finally {
      await act.undo()
      await Promise.all(children.map(end))
      rmdirSync(folder)
    }
  })

  it('is refused when there is nobody in it, or no such group', async () => {
    mkdirSync(folder)
    const act = new Act('.')
    try {
      await expect(act.run('freeze_group', { group: name })).rejects.toThrow(/has no process/)
      await expect(act.run('freeze_group', { group: `../${name}` })).rejects.toThrow(/must be a name below/)
      await expect(act.run('freeze_group', { group: 'no-such' })).rejects.toThrow(/There is no control group/)
      expect(act.undos).toEqual([])
    } finally {
      rmdirSync(folder)
    }
  })
})

/** Clock ticks of CPU time that they got in that time. */
async function ticksOver(ms: number, pids: readonly number[]): Promise<number> {
  const ticks = (): number =>
    pids.reduce((sum, pid) => sum + Number(statOf(pid)[11]) + Number(statOf(pid)[12]), 0)
  const before = ticks()
  await delay(ms)
  return ticks() - before
}

function statOf(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 20_000
  while (!(await isSo())) if (performance.now() > deadline) throw new Error(`Not within 20 s: ${isSo}`)
}

async function end(child: ReturnType<typeof spawn>): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

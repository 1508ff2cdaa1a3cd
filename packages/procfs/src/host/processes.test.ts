import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { allPids, openFilesOf, readProc, readProcLink } from './proc-files.ts'
import { identityOf, isAlive, readProcess, readStat, signalProcess } from './processes.ts'

describe.runIf(process.platform === 'linux')('a process', () => {
  let child: ChildProcess
  let pid: number

  beforeEach(async () => {
    child = spawn(
      process.execPath,
      ['-e', 'process.stdout.write("x");setInterval(() => {}, 1000)', 'a word'],
      {
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    )
    await once(child.stdout as NonNullable<typeof child.stdout>, 'data')
    pid = child.pid as number
  })

  afterEach(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  })

  it('is told with its parent, user and command line', () => {
    const found = readProcess(pid)
    expect(found).toMatchObject({ pid, uid: process.getuid?.(), stat: { parent: process.pid } })
    expect(found?.words.at(-1)).toBe('a word')
    expect(found?.startedAt).toMatch(/^\d+@[\da-f]{8}$/)
    expect(identityOf(pid)).toEqual({ pid, startedAt: found?.startedAt })
    expect(allPids()).toContain(pid)
    expect(openFilesOf(pid)).toContain(1)
    expect(readProcLink(`/proc/${pid}/ns/net`)).toBe(readProcLink('/proc/self/ns/net'))
  })

  it('is frozen and goes on', async () => {
    const identity = { pid, startedAt: identityOf(pid)?.startedAt ?? '' }
    expect(signalProcess(identity, 'SIGSTOP')).toBe('sent')
    await expect.poll(() => readStat(pid)?.isStopped).toBe(true)
    expect(signalProcess(identity, 'SIGCONT')).toBe('sent')
    await expect.poll(() => readStat(pid)?.isStopped).toBe(false)
  })

  it('gets no signal that was meant for an earlier one of its pid', () => {
    expect(signalProcess({ pid, startedAt: '1@00000000' }, 'SIGKILL')).toBe('gone')
    expect(isAlive({ pid, startedAt: '1@00000000' })).toBe(false)
    expect(identityOf(pid)).not.toBeNull()
  })

  it('is gone when it has ended', async () => {
    const identity = { pid, startedAt: identityOf(pid)?.startedAt ?? '' }
    expect(signalProcess(identity, 'SIGKILL')).toBe('sent')
    await once(child, 'exit')
    expect(isAlive(identity)).toBe(false)
    expect(signalProcess(identity, 'SIGKILL')).toBe('gone')
    expect(readProcess(pid)).toBeNull()
    expect(openFilesOf(pid)).toBeNull()
    expect(readProc(`/proc/${pid}/stat`)).toBeNull()
  })
})

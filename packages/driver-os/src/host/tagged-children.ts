import { type ChildProcess, spawn } from 'node:child_process'
import { ActivityFailed, type ProcessIdentity } from '@squall/contract'
import { allPids, identityOf, readProc } from '@squall/procfs'
import type { Children, ChildWork } from '../children.ts'
import { burn } from './child/burn.ts'
import { hold } from './child/hold.ts'

const variable = 'SQUALL_OS_CHILD'

/** Children that live on when this process is gone. */
export const taggedChildren: Children = {
  start,
  find: (tag) => all().flatMap((child) => (child.tag === tag ? (identityOf(child.pid) ?? []) : [])),
  all,
}

async function start(work: ChildWork, tag: string, signal: AbortSignal): Promise<ProcessIdentity> {
  signal.throwIfAborted()
  const child = work.kind === 'program' ? startProgram(work, tag) : startOwn(work, tag)
  child.unref()
  try {
    await (work.kind === 'program' ? isSpawned(child) : saysReady(child, signal))
    const identity = identityOf(child.pid ?? 0)
    if (!identity) throw new ActivityFailed('The program that was started has ended at once.')
    return identity
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  } finally {
    child.stdout?.destroy()
  }
}

function startOwn(work: Exclude<ChildWork, { kind: 'program' }>, tag: string): ChildProcess {
  const text =
    work.kind === 'burn'
      ? `(${burn})(${work.percent}, ${work.seconds})`
      : `(${hold})(${work.mebibytes}, ${work.seconds}, require('node:fs'))`
  return spawn(process.execPath, ['-e', text], {
    cwd: '/',
    detached: true,
    env: { [variable]: tag },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}

function startProgram(work: Extract<ChildWork, { kind: 'program' }>, tag: string): ChildProcess {
  const [program, ...args] = work.command
  return spawn(program, args, {
    cwd: work.directory,
    detached: true,
    env: { ...process.env, ...work.environment, [variable]: tag },
    stdio: 'ignore',
  })
}

function isSpawned(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', (cause) =>
      reject(new ActivityFailed(`The program cannot be started: ${cause.message}.`)),
    )
  })
}

function saysReady(child: ChildProcess, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason)
    const settle = (how: () => void): void => {
      signal.removeEventListener('abort', abort)
      how()
    }
    signal.addEventListener('abort', abort)
    child.stdout?.once('data', () => settle(resolve))
    child.once('error', (error) => settle(() => reject(error)))
    child.once('exit', (code, name) =>
      settle(() =>
        reject(new ActivityFailed(`The program that makes the load ended at once (${name ?? code}).`)),
      ),
    )
  })
}

function all(): { pid: number; tag: string }[] {
  return allPids().flatMap((pid) => {
    const [, tag] =
      new RegExp(`(?:^|\\0)${variable}=([^\\0]*)`).exec(readProc(`/proc/${pid}/environ`) ?? '') ?? []
    return tag === undefined || identityOf(pid) === null ? [] : [{ pid, tag }]
  })
}

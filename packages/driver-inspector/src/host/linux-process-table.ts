import path from 'node:path'
import type { ProcessIdentity } from '@squall/contract'
import { debugPortOf, handlesWake, type ProcStat, parseListening, parseStat } from '../parse-process.ts'
import type { ListeningSocket, ProcessFacts, ProcessTable } from '../process-table.ts'
import { allPids, readLink, readProc, socketsOf } from './proc-files.ts'

/** The processes of a Linux machine, read from /proc. */
export const linuxProcessTable: ProcessTable = {
  self: { pid: process.pid, uid: process.getuid?.() ?? 0 },
  find: factsOf,
  listening: (pid) => {
    const held = socketsOf(pid)
    return listeningSockets().filter(({ inode }) => held.has(`socket:[${inode}]`))
  },
  listenerOf: (port) => {
    const links = listeningSockets()
      .filter((socket) => socket.port === port)
      .map(({ inode }) => `socket:[${inode}]`)
    if (links.length === 0) return null
    return allPids().find((pid) => links.some((link) => socketsOf(pid).has(link))) ?? null
  },
  wake,
}

function listeningSockets(): (ListeningSocket & { readonly inode: string })[] {
  return ['/proc/self/net/tcp', '/proc/self/net/tcp6'].flatMap((file) => parseListening(readProc(file) ?? ''))
}

function statOf(pid: number): ProcStat | null {
  const stat = parseStat(readProc(`/proc/${pid}/stat`) ?? '')
  return stat === null || stat.isEnded ? null : stat
}

/** Ticks since the machine started, and which start of the machine that was. */
function startMark({ startTicks }: ProcStat): string {
  return `${startTicks}@${(readProc('/proc/sys/kernel/random/boot_id') ?? 'unknown').trim().slice(0, 8)}`
}

function factsOf(pid: number): ProcessFacts | null {
  const stat = statOf(pid)
  const status = readProc(`/proc/${pid}/status`)
  if (stat === null || status === null) return null
  const [, group, uid] = /^Tgid:\t(\d+)$[\s\S]*^Uid:\t(\d+)/m.exec(status) ?? []
  // The number of a thread answers as well, and a signal to it would reach the whole process.
  if (Number(group) !== pid) return null
  const words = (readProc(`/proc/${pid}/cmdline`) ?? '').replace(/\0+$/, '').split('\0')
  const [, nodeOptions = ''] =
    /(?:^|\0)NODE_OPTIONS=([^\0]*)/.exec(readProc(`/proc/${pid}/environ`) ?? '') ?? []
  return {
    pid,
    startedAt: startMark(stat),
    parent: stat.parent,
    uid: Number(uid),
    command: words.join(' '),
    program: path.basename(readLink(`/proc/${pid}/exe`) ?? '').replace(/ \(deleted\)$/, ''),
    handlesWake: handlesWake(status),
    debugPort: debugPortOf(words, nodeOptions),
    isReachable: readLink(`/proc/${pid}/ns/net`) === readLink('/proc/self/ns/net'),
    isStopped: stat.isStopped,
  }
}

/** Looks and sends without giving way in between. */
function wake({ pid, startedAt }: ProcessIdentity): 'sent' | 'gone' | 'not permitted' {
  const stat = statOf(pid)
  if (stat === null || startMark(stat) !== startedAt) return 'gone'
  try {
    process.kill(pid, 'SIGUSR1')
    return 'sent'
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ESRCH') return 'gone'
    if (code === 'EPERM') return 'not permitted'
    throw error
  }
}

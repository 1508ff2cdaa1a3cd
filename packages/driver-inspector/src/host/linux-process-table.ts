import { endianness } from 'node:os'
import path from 'node:path'
import {
  allPids,
  type ListeningSocket,
  openFilesOf,
  parseProcNetTcp,
  readProc,
  readProcess,
  readProcLink,
  signalProcess,
} from '@squall/procfs'
import { debugAddressOf } from '../debug-address.ts'
import { handlesWake } from '../handles-wake.ts'
import type { ProcessFacts, ProcessTable } from '../process-table.ts'

/** The processes of a Linux machine, read from /proc. */
export const linuxProcessTable: ProcessTable = {
  self: { pid: process.pid, uid: process.getuid?.() ?? 0 },
  find: factsOf,
  listening: (pid) => {
    const byLink = new Map(listeningSockets().map((socket) => [linkOf(socket), socket]))
    return [...socketsOf(pid)].flatMap((link) => byLink.get(link ?? '') ?? [])
  },
  listenerOf: (port, address) => {
    const links = listeningSockets()
      .filter((socket) => socket.port === port && isInTheWay(socket, address))
      .map(linkOf)
    if (links.length === 0) return null
    return allPids().find((pid) => links.some((link) => socketsOf(pid).has(link))) ?? null
  },
  wake: (target) => signalProcess(target, 'SIGUSR1'),
}

function listeningSockets(): ListeningSocket[] {
  return ['/proc/self/net/tcp', '/proc/self/net/tcp6'].flatMap((file) =>
    parseProcNetTcp(readProc(file) ?? '', endianness()),
  )
}

function isInTheWay(socket: ListeningSocket, address: string | undefined): boolean {
  return address === undefined || [address, '0.0.0.0', '::'].includes(socket.address)
}

/** In the order of their numbers: a new file gets the lowest that is free. */
function socketsOf(pid: number): ReadonlySet<string | null> {
  const numbers = [...(openFilesOf(pid) ?? [])].sort((a, b) => a - b)
  return new Set(numbers.map((number) => readProcLink(`/proc/${pid}/fd/${number}`)))
}

function linkOf({ inode }: ListeningSocket): string {
  return `socket:[${inode}]`
}

function factsOf(pid: number): ProcessFacts | null {
  const found = readProcess(pid)
  if (found === null) return null
  const { startedAt, uid, words, status, stat } = found
  const [, nodeOptions = ''] =
    /(?:^|\0)NODE_OPTIONS=([^\0]*)/.exec(readProc(`/proc/${pid}/environ`) ?? '') ?? []
  return {
    pid,
    startedAt,
    parent: stat.parent,
    uid,
    command: words.join(' '),
    program: path.basename(readProcLink(`/proc/${pid}/exe`) ?? '').replace(/ \(deleted\)$/, ''),
    handlesWake: handlesWake(status),
    debug: debugAddressOf(words, nodeOptions),
    isReachable: readProcLink(`/proc/${pid}/ns/net`) === readProcLink('/proc/self/ns/net'),
    isStopped: stat.isStopped,
  }
}

import { endianness } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import type { ProcessIdentity } from '@squall/contract'
import {
  allPids,
  identityOf,
  type ListeningSocket,
  openFilesOf,
  parseProcNetTcp,
  readProc,
  readProcLink,
} from '@squall/procfs'
import type { Listener, PortQuery, PortTable } from '../port-table.ts'

/** The listening sockets of a Linux machine, read from /proc: needs no program such as `ss` or `lsof`. */
export function linuxPortTable(): PortTable {
  return { listeners: findListeners }
}

interface PlacedSocket extends ListeningSocket {
  readonly namespace: string | null
}

async function findListeners({ ports, namespaces }: PortQuery): Promise<readonly Listener[]> {
  const wanted = new Set(ports)
  const pids = allPids()
  const sockets = tables(namespaces, pids).flatMap(({ folder, namespace }) =>
    socketsOf(folder)
      .filter(({ port }) => wanted.has(port))
      .map((socket): PlacedSocket => ({ ...socket, namespace })),
  )
  if (sockets.length === 0) return []
  const holders = await findHolders(new Set(sockets.map(({ inode }) => linkOf(inode))), pids)
  return sockets.flatMap((socket) => rowsOf(socket, holders.get(linkOf(socket.inode)) ?? [null]))
}

function rowsOf(
  { port, address, family, uid, namespace }: PlacedSocket,
  holders: readonly (ProcessIdentity | null)[],
): Listener[] {
  return holders.map((holder) => ({ port, address, family, holder, uid, namespace }))
}

/** The folders with the tables of the wanted network namespaces, each namespace once. */
function tables(
  namespaces: PortQuery['namespaces'],
  pids: readonly number[],
): readonly { readonly folder: string; readonly namespace: string | null }[] {
  const own = { folder: '/proc/self/net', namespace: null }
  if (namespaces === 'own') return [own]
  const here = readProcLink('/proc/self/ns/net')
  const others = new Map<string, string>()
  for (const pid of pids) {
    const namespace = readProcLink(`/proc/${pid}/ns/net`)
    if (namespace !== null && namespace !== here) others.set(namespace, `/proc/${pid}/net`)
  }
  return [own, ...[...others].map(([namespace, folder]) => ({ folder, namespace }))]
}

function socketsOf(folder: string): ListeningSocket[] {
  // One of them is absent where the system was built or started without that protocol.
  const texts = [readProc(`${folder}/tcp`), readProc(`${folder}/tcp6`)]
  return texts.flatMap((text) => (text === null ? [] : parseProcNetTcp(text, endianness())))
}

/** How many processes are looked at before other work gets its turn: a few milliseconds. */
const processesPerTurn = 50

async function findHolders(
  links: ReadonlySet<string>,
  pids: readonly number[],
): Promise<ReadonlyMap<string, readonly ProcessIdentity[]>> {
  const holders = new Map<string, ProcessIdentity[]>()
  for (const [index, pid] of pids.entries()) {
    if (index % processesPerTurn === processesPerTurn - 1) await setImmediate()
    for (const [link, identity] of heldBy(pid, links)) {
      holders.set(link, [...(holders.get(link) ?? []), identity])
    }
  }
  return holders
}

/** Which of the sockets a process holds, each once, with the process as it was at that moment. */
function heldBy(pid: number, links: ReadonlySet<string>): ReadonlyMap<string, ProcessIdentity> {
  const held = new Map<string, ProcessIdentity>()
  for (const name of openFilesOf(pid) ?? []) {
    const link = readProcLink(`/proc/${pid}/fd/${name}`)
    if (link === null || !links.has(link) || held.has(link)) continue
    // The start time first and the link once more after it: together they belong to one process.
    const identity = identityOf(pid)
    if (identity === null || readProcLink(`/proc/${pid}/fd/${name}`) !== link) continue
    held.set(link, identity)
  }
  return held
}

function linkOf(inode: string): string {
  return `socket:[${inode}]`
}

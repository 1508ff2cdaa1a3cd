import { accessSync, constants, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readProc } from '@squall/procfs'
import type { ControlGroup, ControlGroups } from '../control-groups.ts'

/** The control groups below /sys/fs/cgroup. */
export const linuxControlGroups: ControlGroups = {
  get isAvailable() {
    // A root group has no switch of its own in version 2; that it lists what it controls tells it from an empty folder.
    return roots.some((root) =>
      ['cgroup.controllers', 'cgroup.procs'].some((file) => existsSync(path.join(root, file))),
    )
  },
  find: (name) => {
    const groups = roots.flatMap((root) => groupAt(path.join(root, name)) ?? [])
    // Where both versions are mounted, a group may be there twice, and its processes in one of them only.
    return groups.find(({ pids }) => pids.length > 0) ?? groups[0] ?? null
  },
  again: (folder, inode) => {
    const group = groupAt(folder)
    return group?.inode === inode ? group : null
  },
  freeze: ({ folder }) => write(folder, 'frozen'),
  thaw: ({ folder }) => write(folder, 'thawed'),
}

const roots = ['/sys/fs/cgroup', '/sys/fs/cgroup/unified', '/sys/fs/cgroup/freezer']

/** The file that freezes, and its words, by version of the control groups. */
const switches = [
  { file: 'cgroup.freeze', frozen: '1', thawed: '0' },
  { file: 'freezer.state', frozen: 'FROZEN', thawed: 'THAWED' },
] as const

function switchOf(folder: string): ((typeof switches)[number] & { readonly path: string }) | null {
  const found = switches.find(({ file }) => existsSync(path.join(folder, file)))
  return found ? { ...found, path: path.join(folder, found.file) } : null
}

function groupAt(folder: string): ControlGroup | null {
  const found = switchOf(folder)
  if (found === null) return null
  return {
    folder,
    inode: statSync(folder).ino,
    pids: pidsIn(folder),
    isFrozen: (readProc(found.path) ?? found.thawed).trim() !== found.thawed,
    isWritable: isWritable(found.path),
  }
}

function pidsIn(folder: string): number[] {
  const own = (readProc(path.join(folder, 'cgroup.procs')) ?? '').split('\n').filter((line) => line !== '')
  const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return [...own.map(Number), ...below.flatMap(({ name }) => pidsIn(path.join(folder, name)))]
}

function isWritable(file: string): boolean {
  try {
    accessSync(file, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function write(folder: string, state: 'frozen' | 'thawed'): void {
  const found = switchOf(folder)
  if (found) writeFileSync(found.path, found[state])
}

import { defineDriver, type UndoContext } from '@squall/contract'
import { corruptFile } from './activities/corrupt-file.ts'
import { fillDisk } from './activities/fill-disk.ts'
import { freeze } from './activities/freeze.ts'
import { freezeGroup } from './activities/freeze-group.ts'
import { limitOpenFiles } from './activities/limit-open-files.ts'
import { disk, disks, diskTraffic } from './activities/look-at-disks.ts'
import { cpu, load } from './activities/look-at-load.ts'
import { memory } from './activities/look-at-memory.ts'
import { network } from './activities/look-at-network.ts'
import { processes, processUsage } from './activities/look-at-processes.ts'
import { startWithSkewedClock } from './activities/start-with-skewed-clock.ts'
import { stressCpu } from './activities/stress-cpu.ts'
import { stressMemory } from './activities/stress-memory.ts'
import type { OsSystem } from './os-system.ts'
import { undoEndChildren } from './undo-end-children.ts'
import { undoRemoveFile } from './undo-remove-file.ts'
import { undoRestoreFile } from './undo-restore-file.ts'
import { undoRestoreOpenFiles } from './undo-restore-open-files.ts'
import { undoThaw } from './undo-thaw.ts'
import { undoThawGroup } from './undo-thaw-group.ts'

/** Makes the driver over a machine. */
export function osDriver(system: OsSystem) {
  return defineDriver({
    name: 'os',
    contract: 1,
    summary:
      'Load, full disks, frozen and starved processes, skewed clocks and broken files; probes of a machine.',
    platforms: ['linux'],
    privileges: ['none for files and processes of its own user; root for those of others'],
    activities: {
      cpu: cpu(system),
      load: load(system),
      memory: memory(system),
      disk: disk(system),
      disks: disks(system),
      disk_traffic: diskTraffic(system),
      network: network(system),
      process: processUsage(system),
      processes: processes(system),
      stress_cpu: stressCpu(system),
      stress_memory: stressMemory(system),
      fill_disk: fillDisk(system),
      corrupt_file: corruptFile(system),
      freeze: freeze(system),
      freeze_group: freezeGroup(system),
      limit_open_files: limitOpenFiles(system),
      start_with_skewed_clock: startWithSkewedClock(system),
    },
    undo: {
      end_children: undoEndChildren(system),
      remove_file: undoRemoveFile(system),
      restore_file: undoRestoreFile(system),
      thaw: undoThaw(system),
      thaw_group: undoThawGroup(system),
      restore_open_files: undoRestoreOpenFiles(system),
    },
    residue: async (_: UndoContext) =>
      system.children.all().map(({ pid, tag }) => `pid ${pid} started by squall (${tag})`),
  })
}

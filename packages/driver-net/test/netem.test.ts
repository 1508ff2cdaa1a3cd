import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { disturbPackets } from '../src/activities/queues.ts'
import { system } from '../src/host/system.ts'

const trial = ['--net', 'tc', 'qdisc', 'add', 'dev', 'lo', 'root', 'netem', 'delay', '1ms']
const hasNetem = spawnSync('unshare', trial).status === 0

it('refuses netem where there is none, before anything is registered', async () => {
  if (hasNetem) {
    process.stderr.write('NOT RUN: the refusal of netem: this kernel has it\n')
    return
  }
  const undos: string[] = []
  const context = { signal: new AbortController().signal, undo: async (name: string) => undos.push(name) }
  const args = { current: true, device: 'lo', delay_ms: 1 } as never
  await expect(disturbPackets(system).run(args, context as never)).rejects.toThrow(
    system.isRoot ? 'The kernel of this machine has no netem' : 'need root',
  )
  expect(undos).toEqual([])
})

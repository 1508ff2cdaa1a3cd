import { spawnSync } from 'node:child_process'
import { ActivityFailed } from '@squall/contract'
import { expect, it } from 'vitest'
import { disturbPackets } from '../src/activities/queues.ts'
import { system } from '../src/host/system.ts'
import { netDriver } from '../src/net-driver.ts'

const trial = ['--net', 'tc', 'qdisc', 'add', 'dev', 'lo', 'root', 'netem', 'delay', '1ms']
const hasNetem = spawnSync('unshare', trial).status === 0

it('refuses netem where there is none, before anything is registered', async () => {
  if (hasNetem) {
    process.stderr.write('NOT RUN: the refusal of netem: this kernel has it\n')
    return
  }
  const undos: string[] = []
  const context = { signal: new AbortController().signal, undo: async (name: string) => undos.push(name) }
  const { args, run } = disturbPackets(system)
  const given = { current: true, device: 'lo', delay_ms: 1 } as never
  await expect(run(given, context as never)).rejects.toThrow('The kernel of this machine has no netem')
  expect(undos).toEqual([])
  const { issues } = await args['~standard'].validate(given)
  expect(issues?.map(({ message }) => message)).toEqual([
    expect.stringContaining(system.isRoot ? 'needs netem' : 'needs root'),
  ])
})

it.each([
  { name: 'without root', machine: { isRoot: false }, says: 'needs root' },
  {
    name: 'without nftables',
    machine: { isRoot: true, run: () => Promise.reject(new ActivityFailed('There is no nft.')) },
    says: 'needs the program nft, which is not installed here (Debian: apt-get install nftables)',
  },
])('refuses faults in the kernel $name before anything runs', async ({ machine, says }) => {
  const { activities } = netDriver({ ...system, ...machine })
  const given = { namespace: 'blue', local_port: 80 }
  const { issues } = await activities.drop_packets.args['~standard'].validate(given)
  expect(issues?.map(({ message }) => message)).toContainEqual(expect.stringContaining(says))
})

import type { ClusterSnapshot } from '@squall/contract'
import { expect, it } from 'vitest'
import { snapshotFlaws } from './snapshot-flaws.ts'

const sound: ClusterSnapshot = {
  nodes: ['A', 'B'].map((name) => ({
    name,
    type: 'T',
    instanceId: '7',
    isSeed: false,
    isUp: true,
    health: 'Ok',
  })),
  applications: [{ name: 'fabric:/A', type: 'AType', isUpgrading: false, isSystem: false, health: 'Ok' }],
  services: [
    {
      name: 'fabric:/A/S',
      application: 'fabric:/A',
      kind: 'stateful',
      hasPersistedState: true,
      hasPlacementConstraints: false,
      health: 'Ok',
    },
  ],
  partitions: [{ id: 'p', service: 'fabric:/A/S', status: 'Ready', targetSize: 2, minSize: 2, health: 'Ok' }],
  replicas: [
    { id: '1', partition: 'p', node: 'A', role: 'Primary', status: 'Ready', health: 'Ok' },
    { id: '2', partition: 'p', node: 'B', role: 'ActiveSecondary', status: 'Ready', health: 'Ok' },
  ],
  codePackages: ['A', 'B'].map((node) => ({
    node,
    application: 'fabric:/A',
    serviceManifest: 'Pkg',
    activationId: '',
    name: 'Code',
    instanceId: '1',
    isRunning: true,
    health: 'Ok',
    hosts: ['p'],
  })),
  reports: [],
}

it('finds nothing in a sound snapshot', () => {
  expect(snapshotFlaws(sound)).toEqual([])
})

type Row = { [Key in keyof ClusterSnapshot]: ClusterSnapshot[Key][number] }
const change = <Key extends 'nodes' | 'replicas' | 'codePackages' | 'services' | 'partitions'>(
  key: Key,
  index: number,
  with_: Partial<Row[Key]>,
): ClusterSnapshot => ({
  ...sound,
  [key]: sound[key].map((row, n) => (n === index ? { ...row, ...with_ } : row)),
})

it.each([
  {
    name: 'two replicas on one node',
    of: change('replicas', 1, { node: 'A' }),
    flaw: 'there are two of replica of a partition on a node: p on A',
  },
  {
    name: 'a replica on no node',
    of: change('replicas', 1, { node: 'C' }),
    flaw: "replica 2 is on 'C', which is no node",
  },
  {
    name: 'Ready on a node that is down',
    of: change('nodes', 0, { isUp: false }),
    flaw: 'replica 1 is Ready on A, which is down',
  },
  {
    name: 'Ready and not hosted',
    of: change('codePackages', 0, { isRunning: false }),
    flaw: '0 running code packages host replica 1 on A',
  },
  {
    name: 'two primaries',
    of: change('replicas', 1, { role: 'Primary' }),
    flaw: 'partition p has 2 primaries',
  },
  {
    name: 'an instance that is no number',
    of: change('nodes', 0, { instanceId: 'x' }),
    flaw: "the instance of node A is 'x', no decimal integer",
  },
  {
    name: 'a partition of no service',
    of: change('partitions', 0, { service: 'fabric:/A/X' }),
    flaw: "partition p is of 'fabric:/A/X', which is no service",
  },
  {
    name: 'roles in a stateless partition',
    of: change('services', 0, { kind: 'stateless' }),
    flaw: 'stateless partition p has roles',
  },
])('finds $name', ({ of, flaw }) => {
  expect(snapshotFlaws(of)).toContain(flaw)
})

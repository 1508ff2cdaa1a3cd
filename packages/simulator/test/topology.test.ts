import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { lawContext } from '@squall/testkit'
import { expect, it } from 'vitest'
import { checkTopology, parseTopology, simulatedCluster } from '../src/index.ts'

const nodes = [{ prefix: 'N', type: 'T', count: 3 }]
const service = { name: 'S', kind: 'stateful', targetSize: 3 }
const withService = (changes: object) => ({
  nodes,
  applications: [{ name: 'fabric:/A', services: [{ ...service, ...changes }] }],
})

it.each([
  { name: 'no nodes', value: { nodes: [] }, says: 'nodes: Too small' },
  {
    name: 'a size that does not fit',
    value: withService({ targetSize: 4 }),
    says: 'applications[0].services[0].targetSize: 4 replicas do not fit on the 3 nodes that are allowed',
  },
  {
    name: 'a type no node has',
    value: withService({ nodeTypes: ['T', 'U'] }),
    says: "applications[0].services[0].nodeTypes[1]: no node has the type 'U'",
  },
  {
    name: 'every node for a stateful service',
    value: withService({ targetSize: -1 }),
    says: 'applications[0].services[0].targetSize: expected a number of at least 1, or -1',
  },
  {
    name: 'a name that is none',
    value: { nodes, applications: [{ name: 'A' }] },
    says: 'applications[0].name: expected a name such as fabric:/Shop',
  },
  {
    name: 'two nodes of one name',
    value: { nodes: [...nodes, { name: 'N1', type: 'T' }] },
    says: "nodes: there is a second node 'N1'",
  },
  {
    name: 'an unknown key',
    value: { nodes: [{ name: 'X', type: 'T', seed: true }] },
    says: 'nodes[0]: Unrecognized key: "seed"',
  },
  {
    name: 'a place that does not exist',
    value: withService({ partitions: [{ on: ['N0', 'N9'] }] }),
    says: "applications[0].services[0].partitions[0].on[1]: 'N9' is no node on which it may be",
  },
  {
    name: 'too many replicas',
    value: withService({ partitions: 40_000 }),
    says: 'applications: 120000 replicas are more than 100000',
  },
])('refuses $name at its place', ({ value, says }) => {
  expect(() => checkTopology(value)).toThrow(says)
})

it('names file, line and column', () => {
  const text = `{
  "nodes": [{ "prefix": "N", "type": "T", "count": 3 }],
  "applications": [
    { "name": "fabric:/A", "services": [
      { "name": "S", "kind": "stateful", "targetSize": 7 }
    ] }
  ]
}`
  expect(() => parseTopology(text, 'shop.json')).toThrow(
    'shop.json:5:56, applications[0].services[0].targetSize',
  )
  expect(() => parseTopology('{\n  "nodes": [}', 'shop.json')).toThrow('shop.json:2:13: this is not JSON')
  expect(() => parseTopology('', 'shop.json')).toThrow('shop.json:1:1: the file is empty')
})

it('is connected with a file', async () => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'squall-topology-'))
  try {
    await writeFile(path.join(directory, 'shop.json'), JSON.stringify(withService({})))
    const context = { ...lawContext({ directory }), environment: {} }
    const cluster = await simulatedCluster.connect({ topology: 'shop.json' }, context)
    expect((await cluster.snapshot(context)).nodes.map(({ name }) => name)).toEqual(['N0', 'N1', 'N2'])
    await expect(simulatedCluster.connect({ topology: 'shop2.json' }, context)).rejects.toMatchObject({
      code: 'SQUALL_SOURCE_UNREADABLE',
    })
  } finally {
    await rm(directory, { recursive: true })
  }
})

import { expect, it } from 'vitest'
import { checkTopology } from '../src/index.ts'
import { Stage } from './simulator-fixture.ts'

it('a program that ended long ago does not take the one in its place along', async () => {
  const stage = new Stage({
    topology: checkTopology({
      nodes: [{ prefix: 'Node', type: 'Type', count: 2 }],
      applications: [{ name: 'fabric:/App', services: [{ name: 'Web', kind: 'stateless', targetSize: 1 }] }],
    }),
  })
  // Idle twice within the time after which an idle program ends, so that its end is due twice.
  for (const wait of [100, 100, 200, 150]) {
    const [replica] = (await stage.look()).replicas
    if (!replica) throw new Error('no replica')
    const { id, partition, node: from } = replica
    const to = from === 'Node0' ? 'Node1' : 'Node0'
    const move = { service: 'fabric:/App/Web', partition, replica: id, from, to, force: false }
    await stage.inject({ kind: 'move-instance', ...move })
    await stage.clock.advance(wait * 1000)
  }
  await stage.rest()
  const { replicas, codePackages } = await stage.look()
  const hosting = codePackages.filter(({ hosts }) => hosts.length > 0)
  expect(hosting.map(({ node }) => node)).toEqual(replicas.map(({ node }) => node))
})

import { type Topology, type TopologyInput, topologySchema } from './topology.ts'

const written: TopologyInput = {
  nodes: [
    { prefix: 'FrontEnd', type: 'FrontEndType', count: 4 },
    { prefix: 'BackEnd', type: 'BackEndType', count: 6, seeds: 5 },
  ],
  applications: [
    {
      name: 'fabric:/System',
      isSystem: true,
      services: [{ name: 'NamingService', kind: 'stateful', targetSize: 5, nodeTypes: ['BackEndType'] }],
    },
    {
      name: 'fabric:/TestApp1',
      type: 'TestApp1Type',
      services: [
        { name: 'Web', kind: 'stateless', targetSize: 3, nodeTypes: ['FrontEndType'] },
        { name: 'Orders', kind: 'stateful', partitions: 2, targetSize: 5 },
      ],
    },
    {
      name: 'fabric:/TestApp2',
      type: 'TestApp2Type',
      services: [
        { name: 'Api', kind: 'stateless', targetSize: 4 },
        { name: 'Sessions', kind: 'stateful', persisted: false, targetSize: 3 },
        { name: 'Ledger', kind: 'stateful', targetSize: 3, nodeTypes: ['BackEndType'] },
      ],
    },
  ],
}

/** Ten nodes of the types `FrontEndType` and `BackEndType`, five of them seeds, and the applications of the original's samples. */
export const defaultTopology: Topology = topologySchema.parse(written)

import { expect, it } from 'vitest'
import { checkIteration, defaultChaosParameters, largestNumber, planIteration } from '../src/index.ts'
import { smallCluster } from './small-cluster.ts'

it('ends, and stays safe, however many faults at once are asked for', () => {
  const services = Array.from({ length: 60 }, (_, at) => ({
    name: `S${at}`,
    on: [0, 1, 2, 3, 4].map((step) => ((at * 7 + step * 11) % 60) + 1),
  }))
  const snapshot = smallCluster({ nodes: 60, services })
  const parameters = { ...defaultChaosParameters, maxConcurrentFaults: largestNumber }
  const request = { seed: 1, iteration: 1, parameters }
  const faults = planIteration(snapshot, request).faults.map(({ fault }) => fault)
  expect(faults.length).toBeGreaterThan(20)
  expect(checkIteration(snapshot, faults, request)).toEqual([])
})

import {
  defaultChaosParameters,
  EventBook,
  planIteration,
  readEventQuery,
} from '../../packages/chaos/dist/index.js'
import { Simulator, sizedTopology } from '../../packages/simulator/dist/index.js'
import { alternate, median, mediansOf } from './rounds.mjs'

const sizes = [1000, 3000, 10_000]
const replicasOfNode = 10
const keptEvents = 25_000
const clock = { now: () => 0, monotonic: () => 0, sleep: async () => undefined }
const parameters = { ...defaultChaosParameters, maxConcurrentFaults: 10 }

/** Choosing the faults of one iteration on clusters of three sizes, and reading a page of events. */
export async function chaos() {
  const clusters = await Promise.all(sizes.map(clusterOf))
  const seen = await alternate(
    Object.fromEntries(
      clusters.flatMap(({ nodes, snapshot, text }) => [
        [
          `plan ${nodes}`,
          (round) => cpuOf(() => planIteration(snapshot, { seed: 42, iteration: round + 1, parameters })),
        ],
        [`parse ${nodes}`, () => cpuOf(() => JSON.parse(text))],
      ]),
    ),
  )
  const medians = mediansOf(seen)
  const plans = sizes.map((nodes) => ({
    id: `plan-${nodes}`,
    what: `chaos, planning an iteration on ${nodes} nodes and ${nodes * replicasOfNode} replicas`,
    unit: 'ms CPU',
    value: medians[`plan ${nodes}`],
    yardstick: { name: '`JSON.parse` of the snapshot', value: medians[`parse ${nodes}`] },
  }))
  return [...plans, growth(medians), pageOfEvents()]
}

async function clusterOf(nodes) {
  const topology = sizedTopology({ nodes, replicas: nodes * replicasOfNode })
  const snapshot = await new Simulator({ clock, topology }).snapshot()
  return { nodes, snapshot, text: JSON.stringify(snapshot) }
}

/** Twice would be more than linear, and a busy machine. */
function growth(medians) {
  const perNode = (nodes) => (medians[`plan ${nodes}`] / nodes) * 1000
  const [smallest, largest] = [sizes[0], sizes.at(-1)]
  return {
    id: 'plan-growth',
    what: `chaos, planning for one node of ${largest}`,
    unit: 'µs CPU',
    value: perNode(largest),
    yardstick: { name: `the same, of ${smallest}`, value: perNode(smallest) },
  }
}

function pageOfEvents() {
  const book = new EventBook()
  const reason = 'Waiting 00:00:30 before the next iteration.'
  book.add(Array.from({ length: keptEvents }, (_, at) => ({ kind: 'Waiting', reason, ticks: String(at) })))
  const took = []
  for (let at = 0; at < 500; at += 1) {
    const began = performance.now()
    book.page(readEventQuery({ startTimeUtc: String((at * 47) % keptEvents) }))
    took.push((performance.now() - began) * 1000)
  }
  return {
    id: 'event-page',
    what: `chaos, a page of 100 from ${keptEvents} events`,
    unit: 'µs',
    value: median(took),
  }
}

function cpuOf(work) {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

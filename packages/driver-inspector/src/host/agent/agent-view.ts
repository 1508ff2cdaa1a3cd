import type { AgentMemory, FaultReport, Require } from './agent-memory.ts'

export interface AgentView {
  /** What is done to this process right now. */
  faults(): FaultReport[]
  /** Ends one fault, or all. Answers with those that were there. */
  end(id?: string): FaultReport[]
  /** What the process says of itself: bytes and seconds. */
  look(): Record<string, string | number>
  /** Milliseconds by which the event loop is late, over a time of so many milliseconds. */
  lateness(milliseconds: number): Promise<{ mean: number; max: number }>
}

/** Looks at the target, and puts it back. */
export function agentView({ faults, plain }: AgentMemory, load: Require): AgentView {
  const list = (): FaultReport[] =>
    [...faults].map(([id, { kind, summary, hits }]) => ({ id, kind, summary, hits }))

  function end(id?: string): FaultReport[] {
    const ended = list().filter((fault) => id === undefined || fault.id === id)
    for (const fault of ended) {
      faults.get(fault.id)?.end()
      faults.delete(fault.id)
    }
    return ended
  }

  function look(): Record<string, string | number> {
    const heap = load('v8').getHeapStatistics()
    return {
      node: process.version,
      uptime: process.uptime(),
      heap_used: heap.used_heap_size,
      heap_limit: heap.heap_size_limit,
      rss: process.memoryUsage().rss,
      active_resources: process.getActiveResourcesInfo().length,
    }
  }

  function lateness(milliseconds: number): Promise<{ mean: number; max: number }> {
    const resolution = 5
    const histogram = load('perf_hooks').monitorEventLoopDelay({ resolution })
    histogram.enable()
    return new Promise((resolve) => {
      plain.setTimeout(() => {
        histogram.disable()
        const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - resolution)
        resolve({ mean: late(histogram.mean), max: late(histogram.max) })
      }, milliseconds)
    })
  }

  return { faults: list, end, look, lateness }
}

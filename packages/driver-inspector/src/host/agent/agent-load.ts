import type { AgentMemory, Require } from './agent-memory.ts'

export interface AgentLoad {
  /**
   * Keeps the event loop busy for some milliseconds or until the fault is ended. The inspector is served meanwhile. Resolves
   * once that is over.
   */
  block(id: string, milliseconds: number): Promise<void>
  /** Holds so many mebibytes of heap. Answers with V8's figures afterwards, in bytes. */
  fill(id: string, mebibytes: number, force: boolean): { used: number; limit: number }
}

/** Burdens the target. */
export function agentLoad({ faults, plain }: AgentMemory, load: Require): AgentLoad {
  function block(id: string, milliseconds: number): Promise<void> {
    let goesOn = true
    const end = (): void => {
      goesOn = false
    }
    faults.set(id, { kind: 'block', summary: `the event loop, for ${milliseconds} ms`, hits: 1, end })
    return new Promise((resolve) => {
      plain.setTimeout(() => {
        const until = plain.now() + milliseconds
        while (goesOn && plain.now() < until);
        faults.delete(id)
        resolve()
      }, 0)
    })
  }

  function fill(id: string, mebibytes: number, force: boolean): { used: number; limit: number } {
    const { used_heap_size: used, heap_size_limit: limit } = load('v8').getHeapStatistics()
    const room = Math.floor((limit * 0.9 - used) / 1_048_576)
    if (!force && mebibytes > room)
      throw new Error(`there is room for ${room} MiB before the heap comes within a tenth of its limit`)
    const held: number[][] = []
    const summary = `${mebibytes} MiB of heap`
    faults.set(id, { kind: 'fill', summary, hits: 1, end: () => void held.splice(0) })
    // 131,072 numbers of eight bytes are one mebibyte.
    while (held.length < mebibytes) held.push(new Array<number>(131_072).fill(held.length + 0.5))
    return { used: load('v8').getHeapStatistics().used_heap_size, limit }
  }

  return { block, fill }
}

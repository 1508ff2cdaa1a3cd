import type { AgentMemory, Require } from './agent-memory.ts'

export interface AgentDoor {
  /**
   * Notes that squall opened the inspector (`isOurs`), so that the process closes it should squall have gone without a word:
   * after so many milliseconds, and when nobody is attached.
   */
  enter(isOurs: boolean, milliseconds: number): void
  /** Closes the inspector once this session is over, if squall opened it and nobody else is attached by then. */
  leave(isOurs: boolean): void
}

/** Closes the inspector from inside: other visitors, of another run, may still be there. */
export function agentDoor(memory: AgentMemory, load: Require): AgentDoor {
  const inspector = load('inspector')
  const later = (task: () => void, wait: number): unknown =>
    (memory.plain.setTimeout(task, wait) as { unref(): unknown }).unref()

  /** As it was before any fault. */
  function read(file: string): string {
    const fs = load('fs')
    const outer = memory.inside
    memory.inside = fs
    try {
      return fs.readFileSync(file, 'utf8')
    } catch {
      return ''
    } finally {
      memory.inside = outer
    }
  }

  function isVisited(url: string): boolean {
    const port = Number(new URL(url).port).toString(16).toUpperCase().padStart(4, '0')
    // 01 is an established connection; the other end of ours stands in a row of its own.
    const row = new RegExp(`^ *\\d+: [0-9A-F]+:${port} [0-9A-F:]+ 01 `, 'm')
    return ['/proc/self/net/tcp', '/proc/self/net/tcp6'].some((file) => row.test(read(file)))
  }

  function close(): void {
    const url = inspector.url()
    if (url !== undefined && isVisited(url)) return
    clearTimeout(memory.closing as NodeJS.Timeout)
    delete memory.closing
    inspector.close()
  }

  function enter(isOurs: boolean, milliseconds: number): void {
    if (!isOurs && memory.closing === undefined) return
    clearTimeout(memory.closing as NodeJS.Timeout)
    const closeOrWait = (): void => {
      memory.closing = later(closeOrWait, milliseconds)
      close()
    }
    memory.closing = later(closeOrWait, milliseconds)
  }

  // Node.js 20 crashes when it is closed while a session is there or only just gone (5 of 176 visits; none of 1,000 like this):
  // so it takes two turns of the event loop, 50 ms apart, and whoever asks lets go at once.
  function leave(isOurs: boolean): void {
    if (isOurs || memory.closing !== undefined) later(() => later(close, 50), 50)
  }

  return { enter, leave }
}

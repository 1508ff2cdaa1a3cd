import { fstatSync, writeSync } from 'node:fs'

/**
 * Writes to stdout (1) or stderr (2) at once where that is a file or a pipe: Node's own streams would load its network
 * code first. A terminal gets the stream, which knows its encoding.
 */
export function standardStream(descriptor: 1 | 2): {
  readonly isTerminal: boolean
  write(text: string): void
} {
  const stream = (): NodeJS.WriteStream => (descriptor === 1 ? process.stdout : process.stderr)
  let usesStream = mayBeTerminal(descriptor)
  return {
    isTerminal: usesStream && stream().isTTY === true,
    write: (text) => {
      if (!usesStream) {
        const rest = writeNow(descriptor, Buffer.from(text))
        if (rest === undefined) return
        usesStream = true
        stream().write(rest)
        return
      }
      stream().write(text)
    },
  }
}

/** No file and no pipe is one. */
function mayBeTerminal(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice()
  } catch {
    // It is closed; the stream deals with that.
    return true
  }
}

/** What could not be written because the reader of a pipe is behind; undefined when all was. */
function writeNow(descriptor: number, bytes: Buffer): Buffer | undefined {
  let rest = bytes
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest))
    } catch (error) {
      const { code } = error as { code?: string }
      // Nobody reads any more, as after `| head`.
      if (code === 'EPIPE') return undefined
      if (code !== 'EAGAIN') throw error
      return rest
    }
  }
  return undefined
}

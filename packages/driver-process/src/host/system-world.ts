import type { ProcessWorld } from '../process-world.ts'

let children = 0

/** This machine. What is needed only to end a child, or for `grace`, is loaded when it comes to that. */
export function systemWorld(): ProcessWorld {
  const { platform } = process
  return {
    environment: process.env,
    platform,
    // A pid, and a moment at which no other process had it.
    newTag: () => `${process.pid}-${Date.now().toString(36)}-${++children}`,
    session: async () => (await import('./system-families.ts')).ownSession(),
    startedAt: async (pid) => (await import('./system-families.ts')).startedAt(pid),
    run: async (request) => {
      const needsExeca = request.graceMs !== undefined || platform === 'win32'
      if (needsExeca) return (await import('./execa-child.ts')).runWithExeca(request)
      return (await import('./node-child.ts')).runWithNode(request)
    },
    end: async (family, limitMs) => (await import('./system-families.ts')).endOnSystem(family, limitMs),
  }
}

const holder = `globalThis[Symbol.for('squall.inspector.closing')]`

/**
 * Closes the inspector from inside once this session is over. Node.js 20 crashes when it is closed while a session is there or
 * only just gone (5 of 176 visits; none of 1,000 like this): so it takes two turns of the event loop, 50 ms apart, and whoever
 * asks lets go at once.
 */
export const closeExpression: string = `{
  const load = require
  const later = (turns) =>
    setTimeout(() => (turns > 0 ? later(turns - 1) : load('inspector').close()), 50).unref()
  clearTimeout(${holder})
  later(1)
  undefined
}`

/** Closes the inspector after so many milliseconds, should squall be gone by then without having closed it. */
export function closeInAnyCase(milliseconds: number): string {
  return `{
    const load = require
    clearTimeout(${holder})
    const closing = setTimeout(() => load('inspector').close(), ${milliseconds}).unref()
    Object.defineProperty(globalThis, Symbol.for('squall.inspector.closing'), { value: closing, configurable: true })
    undefined
  }`
}

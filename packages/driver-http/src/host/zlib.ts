/** Loads node:zlib when the first packed answer comes: at import it would cost every start 1.6 ms, with or without one. */
export function loadZlib(): typeof import('node:zlib') {
  return process.getBuiltinModule('node:zlib')
}

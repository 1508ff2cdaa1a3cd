/** Loads node:crypto when the first log is opened: at import it would cost every start 3 ms. */
export function loadCrypto(): typeof import('node:crypto') {
  return process.getBuiltinModule('node:crypto')
}

import type { Log } from '@squall/contract'

/** For requests nobody listens to: what a module says while it is looked at. */
export const silentLog: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined }

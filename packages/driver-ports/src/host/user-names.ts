import { readProc } from '@squall/procfs'

/** Makes a function that knows the users of /etc/passwd by name; of others it gives the number. */
export function userNames(): (uid: number) => string {
  let names: ReadonlyMap<number, string> | undefined
  return (uid) => {
    names ??= readNames()
    return names.get(uid) ?? `uid ${uid}`
  }
}

function readNames(): ReadonlyMap<number, string> {
  const lines = (readProc('/etc/passwd') ?? '').split('\n').map((line) => line.split(':'))
  // The first name of a number wins, as in the system's own look-up.
  return new Map(lines.reverse().map(([name = '', , uid = '']) => [Number(uid || '-1'), name]))
}

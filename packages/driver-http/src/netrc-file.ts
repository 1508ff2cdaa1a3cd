import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Netrc } from './credentials.ts'
import { netrcEntry } from './netrc.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The user's netrc: the file that `NETRC` names, else `.netrc` or `_netrc` of the home folder. */
export function netrcOf(environment: Environment): Netrc {
  let text: string | undefined
  return (host) => {
    text ??= contentOf(environment)
    return text === '' ? undefined : netrcEntry(text, host)
  }
}

function contentOf(environment: Environment): string {
  const home = environment['HOME'] ?? environment['USERPROFILE'] ?? ''
  const named = environment['NETRC']
  const places =
    named === undefined
      ? ['.netrc', '_netrc'].map((name) => path.join(home, name))
      : [named.replace(/^~(?=\/|$)/, home)]
  const file = places.find((place) => existsSync(place))
  try {
    return file === undefined ? '' : readFileSync(file, 'utf8')
  } catch {
    // A netrc that may not be read is none, as for the reference.
    return ''
  }
}

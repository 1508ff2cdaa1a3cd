import { type HeaderList, withHeader } from './header-list.ts'
import type { Credentials } from './netrc.ts'

/** Looks up a host in the user's netrc file; undefined when it says nothing about it. */
export type Netrc = (host: string) => Credentials | undefined

/** Adds who calls: user and password of the URL, else the netrc entry of its host. They win over a header. */
export function withCredentials(headers: HeaderList, url: URL, netrc: Netrc): HeaderList {
  const found = ofUrl(url) ?? netrc(hostOf(url))
  return found ? withHeader(headers, 'Authorization', basic(found)) : headers
}

/** `Basic ...` of RFC 7617, in Latin-1 as long as that can say it. */
export function basic({ user, password }: Credentials): string {
  const text = `${user}:${password}`
  const encoding = /^[\0-\xff]*$/.test(text) ? 'latin1' : 'utf8'
  return `Basic ${Buffer.from(text, encoding).toString('base64')}`
}

/** User and password that stand in a URL. */
export function ofUrl(url: URL): Credentials | undefined {
  if (url.username === '' && url.password === '') return undefined
  return { user: plain(url.username), password: plain(url.password) }
}

export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

function plain(encoded: string): string {
  try {
    return decodeURIComponent(encoded)
  } catch {
    // A percent sign that encodes nothing means itself.
    return encoded
  }
}

import { type HeaderList, valuesOf } from './header-list.ts'

interface Cookie {
  readonly name: string
  readonly value: string
  readonly domain: string
  /** Whether hosts below the domain get it too. */
  readonly wide: boolean
  readonly path: string
  readonly secure: boolean
  /** Milliseconds since the epoch. */
  readonly expires: number
}

/** The cookies of one activity: what an answer sets goes along with the requests that follow a redirect. */
export class CookieJar {
  private cookies: Cookie[] = []
  private readonly now: () => number

  /** `now` gives milliseconds since the epoch. */
  constructor(now: () => number) {
    this.now = now
  }

  keep(url: URL, headers: HeaderList): void {
    for (const line of valuesOf(headers, 'set-cookie')) {
      const cookie = this.parsed(line, url)
      if (!cookie || !covers(cookie, url)) continue
      this.cookies = this.cookies.filter((each) => !isSame(each, cookie))
      if (cookie.expires > this.now()) this.cookies.push(cookie)
    }
  }

  /** The value of the `Cookie` header for a URL; undefined when there is none to send. */
  headerFor(url: URL): string | undefined {
    const fitting = this.cookies.filter(
      (each) => covers(each, url) && isBelow(url.pathname, each.path) && (!each.secure || isSafe(url)),
    )
    // The more precise path comes first.
    const sorted = fitting.sort((one, other) => other.path.length - one.path.length)
    return sorted.length === 0 ? undefined : sorted.map(({ name, value }) => `${name}=${value}`).join('; ')
  }

  private parsed(line: string, url: URL): Cookie | undefined {
    const [pair = '', ...rest] = line.split(';')
    const at = pair.indexOf('=')
    if (at < 1) return undefined
    const attributes = new Map(rest.map(attributeOf))
    const domain = attributes.get('domain')?.replace(/^\./, '').toLowerCase()
    return {
      name: pair.slice(0, at).trim(),
      value: pair.slice(at + 1).trim(),
      domain: domain || url.hostname,
      wide: Boolean(domain),
      path: pathOf(attributes.get('path'), url),
      secure: attributes.has('secure'),
      expires: this.expiryOf(attributes),
    }
  }

  private expiryOf(attributes: Map<string, string>): number {
    const age = attributes.get('max-age')
    if (age !== undefined && /^-?\d+$/.test(age)) return this.now() + Number(age) * 1000
    const date = Date.parse(attributes.get('expires') ?? '')
    return Number.isNaN(date) ? Number.POSITIVE_INFINITY : date
  }
}

function attributeOf(text: string): [string, string] {
  const [name = '', ...value] = text.split('=')
  return [name.trim().toLowerCase(), value.join('=').trim()]
}

function pathOf(given: string | undefined, url: URL): string {
  if (given?.startsWith('/')) return given
  return url.pathname.slice(0, url.pathname.lastIndexOf('/')) || '/'
}

function covers({ domain, wide }: Cookie, { hostname }: URL): boolean {
  // A cookie for a whole top-level domain would reach strangers.
  return hostname === domain || (wide && domain.includes('.') && hostname.endsWith(`.${domain}`))
}

function isBelow(path: string, base: string): boolean {
  return path === base || path.startsWith(base.endsWith('/') ? base : `${base}/`)
}

function isSame(one: Cookie, other: Cookie): boolean {
  return one.name === other.name && one.domain === other.domain && one.path === other.path
}

function isSafe(url: URL): boolean {
  return url.protocol === 'https:'
}

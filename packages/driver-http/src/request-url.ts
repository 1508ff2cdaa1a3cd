/** The URL of a request with `query` joined to its own query. Throws for what is no http(s) address. */
export function requestUrl(text: unknown, query = ''): URL {
  if (typeof text !== 'string')
    throw new Error(`The url of an http call is a text, not ${JSON.stringify(text)}.`)
  const url = parsed(text)
  url.hash = ''
  if (query !== '') url.search = url.search === '' ? query : `${url.search}&${query}`
  url.pathname = quoted(url.pathname)
  url.search = quoted(url.search)
  return url
}

/** The address for a person: without user and password. */
export function shownUrl(url: URL): string {
  const shown = new URL(url)
  shown.username = ''
  shown.password = ''
  return shown.href
}

function parsed(text: string): URL {
  // The parser takes `http:host` and `http:///host` for `http://host`; a person who wrote that made a mistake.
  if (!/^\s*https?:\/\/[^/?#\\]/i.test(text)) {
    throw new Error(`'${text}' is no http address: it does not start with http:// or https:// and a host.`)
  }
  try {
    return new URL(text)
  } catch (cause) {
    throw new Error(`'${text}' is no valid URL.`, { cause })
  }
}

/** Percent-encodes what a URL parser lets through although it may not stand in a path or query. */
function quoted(part: string): string {
  return part
    .replace(/%(?![0-9a-f]{2})/gi, '%25')
    .replace(/[^\w\-.~!$&'()*+,;=:@/?%]/g, (char) => encodeURIComponent(char))
}

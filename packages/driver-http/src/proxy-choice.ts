import { hostOf } from './credentials.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The proxy that the environment names for a URL, if it names one. Throws for one that cannot be used. */
export function proxyFor(url: URL, environment: Environment): URL | undefined {
  const scheme = url.protocol.slice(0, -1)
  const named = variable(`${scheme}_proxy`, environment) ?? variable('all_proxy', environment)
  if (!named || isSpared(url, variable('no_proxy', environment) ?? '')) return undefined
  const text = named.includes('://') ? named : `http://${named}`
  if (!URL.canParse(text)) throw new Error(`The proxy '${named}' of the environment is no URL.`)
  const proxy = new URL(text)
  if (proxy.protocol === 'http:' || proxy.protocol === 'https:') return proxy
  throw new Error(
    `The proxy of the environment is a ${proxy.protocol}// one; only http and https proxies are known.`,
  )
}

function variable(name: string, environment: Environment): string | undefined {
  return environment[name] || environment[name.toUpperCase()]
}

/** `NO_PROXY` names hosts, their parents, addresses or networks such as 10.0.0.0/8, parted by commas; `*` is all. */
function isSpared(url: URL, list: string): boolean {
  const host = hostOf(url).toLowerCase()
  const withPort = url.port === '' ? host : `${host}:${url.port}`
  const entries = list.toLowerCase().replaceAll(' ', '').split(',').filter(Boolean)
  return entries.some((entry) => {
    const name = entry.replace(/^\*?\./, '')
    if (entry === '*' || isInNetwork(host, entry)) return true
    return [host, withPort].some((each) => each === name || each.endsWith(`.${name}`))
  })
}

function isInNetwork(host: string, network: string): boolean {
  const [base = '', bits = ''] = network.split('/')
  const [address, start] = [numberOf(host), numberOf(base)]
  if (address === undefined || start === undefined || !/^\d+$/.test(bits)) return false
  const size = 2 ** (32 - Number(bits))
  return Math.floor(address / size) === Math.floor(start / size)
}

/** An IPv4 address as a number. */
function numberOf(address: string): number | undefined {
  const parts = address.split('.').map(Number)
  if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255))) return undefined
  return parts.reduce((sum, part) => sum * 256 + part, 0)
}

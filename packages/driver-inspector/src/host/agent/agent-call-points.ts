import type { CallPoint, Require } from './agent-memory.ts'

export interface AgentCallPoints {
  /** The call points of an interface of Node: all of them, or those that are named. */
  find(api: string, names: readonly string[]): readonly CallPoint[]
}

/** Knows where the calls of Node's interfaces pass. */
export function agentCallPoints(load: Require): AgentCallPoints {
  const first = (args: readonly unknown[]): string => String(args[0])

  /** `fs` and `dns`: functions with a callback, those that wait, and those of `promises`. */
  function ofLibrary(api: string): CallPoint[] {
    const library = load(api)
    const isNoCall = /^(?:[A-Z_]|create|watch|unwatch|set|getServers|getDefault|openAsBlob)/
    const namesOf = (owner: Record<string, unknown>): string[] =>
      Object.keys(owner).filter((name) => typeof owner[name] === 'function' && !isNoCall.test(name))
    const own = namesOf(library).map(
      (name): CallPoint => ({
        owner: library,
        name,
        style: name.endsWith('Sync') ? 'sync' : 'callback',
        label: `${api}.${name}`,
        subject: first,
      }),
    )
    const owner = library.promises
    const later = namesOf(owner).map(
      (name): CallPoint => ({
        owner,
        name,
        style: 'promise',
        label: `${api}.promises.${name}`,
        subject: first,
      }),
    )
    return [...own, ...later]
  }

  function addressOf([given]: readonly unknown[]): string {
    const options = Array.isArray(given) ? given[0] : given
    if (typeof options !== 'object' || options === null) return String(options)
    return options.path ? String(options.path) : `${options.host ?? 'localhost'}:${options.port}`
  }

  function requestUrl([request]: readonly unknown[]): string {
    const { protocol, host, path, getHeader } = request as Record<string, unknown>
    const named = typeof getHeader === 'function' ? getHeader.call(request, 'host') : undefined
    return `${protocol ?? 'http:'}//${named ?? host}${path ?? ''}`
  }

  function fetchUrl([input]: readonly unknown[]): string {
    return typeof input === 'object' && input !== null && 'url' in input ? String(input.url) : String(input)
  }

  /** undici, the built-in one or the npm package, sends through one global dispatcher; it is there once it was used. */
  function ofDispatcher(): CallPoint {
    const owner = Reflect.get(globalThis, Symbol.for('undici.globalDispatcher.1'))
    if (!owner)
      throw new Error('the process has used neither undici nor fetch yet, so there is nothing to hook')
    const subject = ([options]: readonly unknown[]): string => {
      const { origin, path } = options as Record<string, unknown>
      return `${origin}${path}`
    }
    return { owner, name: 'dispatch', style: 'dispatch', label: 'undici.dispatch', subject }
  }

  function pointsOf(api: string): CallPoint[] {
    switch (api) {
      case 'fs':
      case 'dns':
        return ofLibrary(api)
      case 'net': {
        const owner = load('net').Socket.prototype
        return [{ owner, name: 'connect', style: 'socket', label: 'net.connect', subject: addressOf }]
      }
      case 'http': {
        const owner = load('http').Agent.prototype
        return [{ owner, name: 'addRequest', style: 'agent', label: 'http.request', subject: requestUrl }]
      }
      case 'fetch':
        return [
          { owner: globalThis, name: 'fetch', style: 'promise', label: 'fetch.fetch', subject: fetchUrl },
        ]
      default:
        return [ofDispatcher()]
    }
  }

  function find(api: string, names: readonly string[]): readonly CallPoint[] {
    const all = pointsOf(api)
    if (names.length === 0) return all
    const unknown = names.filter((name) => !all.some(({ label }) => label === `${api}.${name}`))
    if (unknown.length > 0) throw new Error(`${api} has no function ${unknown.join(', ')}`)
    return all.filter(({ label }) => names.includes(label.slice(api.length + 1)))
  }

  return { find }
}

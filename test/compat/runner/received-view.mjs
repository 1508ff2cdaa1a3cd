import { isObject } from './compare.mjs'

/** What is compared of the requests a case sent to the fixture server. */
export function viewReceived(requests) {
  return requests.map(({ method, path, headers, body }) => {
    const isEvent = isObject(body) && 'name' in body && 'phase' in body
    return { method, path, headers, ...(isEvent ? { event: viewEvent(body) } : { body }) }
  })
}

function viewEvent({ name, phase, ts, payload, ...rest }) {
  return {
    name,
    phase,
    ts: typeof ts,
    error: 'error' in rest,
    payload: kindOf(payload),
    title: payload?.title ?? payload?.experiment?.title ?? null,
    status: payload?.status ?? null,
  }
}

function kindOf(payload) {
  if (isObject(payload)) return 'steady_states' in payload ? 'journal' : 'experiment'
  return payload === null ? 'null' : typeof payload
}

import {
  isObject,
  type JsonObject,
  type JsonValue,
  type Log,
  type Resolver,
  type ResolverContext,
} from '@squall/contract'
import { refusal } from './refusal.ts'
import type { Session, Sessions } from './sessions.ts'
import type { ServerAnswer } from './vault-server.ts'
import { type VaultSettings, vaultSettings } from './vault-settings.ts'

/** Makes the source of secrets `{"type": "vault", "path": ..., "key": ...}` (spec 3.4). */
export function vaultResolver(sessions: Sessions): Resolver {
  return {
    summary: 'Reads a secret of the KV engine of HashiCorp Vault, version 1 or 2.',
    resolve: (declaration, context) => readSecret(declaration, context, sessions),
  }
}

async function readSecret(
  { path, key }: JsonObject,
  context: ResolverContext,
  sessions: Sessions,
): Promise<JsonValue> {
  const { log, signal, configuration } = context
  if (path === undefined || path === null || path === '') return missingPath(key, log)
  if (typeof path !== 'string') throw new TypeError('`path` is no text')
  if (configuration['vault_kv_version'] === 1)
    log.warn('`vault_kv_version` is the number 1, which selects version 2 as in Chaos Toolkit: write "1".')
  const settings = vaultSettings(context)
  const answer = await ask(settings, path, sessions, signal)
  const payload = payloadOf(answer, settings)
  if (answer.status !== 404 && answer.status !== 200) throw new Error(refusal(answer))
  if (!isObject(payload) || Object.keys(payload).length === 0) {
    log.warn(`Vault has no secret at '${path}' under '${settings.mount}': it is {}.`)
    return {}
  }
  if (key === undefined || key === null) return payload as JsonObject
  if (Object.hasOwn(payload, String(key))) return (payload as JsonObject)[String(key)] as JsonValue
  throw new RangeError(`'${path}' has no key '${String(key)}'; it has ${Object.keys(payload).join(', ')}`)
}

/** Before Vault had paths in files, `key` was one. The reference warns, and reads nothing. */
function missingPath(key: JsonValue | undefined, log: Log): JsonObject {
  const old =
    key === undefined ? '' : ` \`key\` alone is no longer a path: write "path": ${JSON.stringify(key)}.`
  log.warn(`A secret of Vault has no \`path\`, so it is {}.${old}`)
  return {}
}

/** A token that was got for an earlier secret may have run out by now. */
async function ask(
  settings: VaultSettings,
  path: string,
  sessions: Sessions,
  signal: AbortSignal,
): Promise<ServerAnswer> {
  const canBeOld = settings.login.by !== 'token' && sessions.has(settings)
  const session = await sessions.open(settings, signal)
  const answer = await read(session, settings, path, signal)
  if (answer.status !== 403 || !canBeOld) return answer
  return read(await sessions.renew(settings, session, signal), settings, path, signal)
}

function read(
  { server, token }: Session,
  { mount, version }: VaultSettings,
  path: string,
  signal: AbortSignal,
): Promise<ServerAnswer> {
  const engine = version === 2 ? ['data'] : []
  const place = [...segments(mount), ...engine, ...segments(path)]
  return server.call({ method: 'GET', path: place, token, signal })
}

function segments(text: string): string[] {
  return text.split('/').filter(Boolean)
}

function payloadOf({ body }: ServerAnswer, { version }: VaultSettings): unknown {
  const { data } = body
  return version === 2 && isObject(data) ? (data as JsonObject)['data'] : data
}

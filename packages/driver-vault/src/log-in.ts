import { isObject, type JsonObject } from '@squall/contract'
import { refusal } from './refusal.ts'
import type { VaultServer } from './vault-server.ts'
import type { Login } from './vault-settings.ts'
import type { VaultWorld } from './vault-world.ts'

/** Gets a token by whichever way in was configured; undefined where none was. Rejects when the server refuses. */
export async function logIn(
  login: Login,
  server: VaultServer,
  world: VaultWorld,
  signal: AbortSignal,
): Promise<string | undefined> {
  switch (login.by) {
    case 'token':
      return login.token
    case 'environment':
      return login.token ?? tokenIn(login.tokenFile, world)
    case 'approle': {
      const { roleId: role_id, secretId: secret_id } = login
      return loggedIn('AppRole', ['auth', 'approle', 'login'], { role_id, secret_id }, server, signal)
    }
    case 'kubernetes': {
      const jwt = await serviceAccount(login.tokenFile, world)
      const path = ['auth', ...login.mount.split('/').filter(Boolean), 'login']
      return loggedIn('Kubernetes', path, { role: login.role, jwt }, server, signal)
    }
  }
}

async function loggedIn(
  method: string,
  path: readonly string[],
  body: JsonObject,
  server: VaultServer,
  signal: AbortSignal,
): Promise<string> {
  const answer = await server.call({ method: 'POST', path, body, signal })
  if (answer.status !== 200) throw new Error(`the ${method} login was refused: ${refusal(answer)}`)
  const { auth } = answer.body
  const token = isObject(auth) ? (auth as JsonObject)['client_token'] : undefined
  if (typeof token === 'string' && token !== '') return token
  throw new Error(`the ${method} login brought no token`)
}

async function serviceAccount(file: string, world: VaultWorld): Promise<string> {
  try {
    return (await world.readText(file)).trim()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`the token of the service account cannot be read (${reason})`, { cause })
  }
}

/** What `vault login` left. */
async function tokenIn(file: string | undefined, world: VaultWorld): Promise<string | undefined> {
  if (file === undefined) return undefined
  // Most people have no such file.
  const text = await world.readText(file).catch(() => '')
  return text.trim() || undefined
}

import type { JsonObject, JsonValue, ResolverContext } from '@squall/contract'

/** How the server lets us in. */
export type Login =
  | { readonly by: 'token'; readonly token: string }
  | { readonly by: 'approle'; readonly roleId: string; readonly secretId: string }
  | { readonly by: 'kubernetes'; readonly role: string; readonly mount: string; readonly tokenFile: string }
  | { readonly by: 'environment'; readonly token: string | undefined; readonly tokenFile: string | undefined }

export interface VaultSettings {
  readonly address: URL
  readonly version: 1 | 2
  readonly mount: string
  readonly login: Login
  readonly authorities: string | undefined
}

type Sources = Pick<ResolverContext, 'configuration' | 'environment'>

/** Where a pod finds the token of its service account. */
const serviceAccountToken = '/var/run/secrets/kubernetes.io/serviceaccount/token'

/**
 * Reads the keys `vault_...` of configuration (spec 3.4). What the reference leaves to its Vault client comes from the
 * environment as there: address, token and authorities. Throws for an address that is none.
 */
export function vaultSettings({ configuration, environment }: Sources): VaultSettings {
  return {
    address: addressOf(textAt(configuration, 'vault_addr') || environment['VAULT_ADDR']),
    // The text only: a number is no match for the reference, and means version 2 there.
    version: configuration['vault_kv_version'] === '1' ? 1 : 2,
    mount: textAt(configuration, 'vault_secrets_mount_point') || 'secret',
    login: loginOf({ configuration, environment }),
    authorities: environment['VAULT_CACERT'] || undefined,
  }
}

function addressOf(address = 'http://localhost:8200'): URL {
  try {
    const url = new URL(address)
    if (url.protocol === 'http:' || url.protocol === 'https:') return url
  } catch {
    // Said below, for this and for other protocols.
  }
  throw new TypeError(`the address '${address}' is no http or https URL (\`vault_addr\` in configuration)`)
}

function loginOf({ configuration, environment }: Sources): Login {
  const at = (key: string): string => textAt(configuration, key)
  if ('vault_token' in configuration) return { by: 'token', token: at('vault_token') }
  if ('vault_role_id' in configuration && 'vault_role_secret' in configuration)
    return { by: 'approle', roleId: at('vault_role_id'), secretId: at('vault_role_secret') }
  if ('vault_sa_role' in configuration) {
    return {
      by: 'kubernetes',
      role: at('vault_sa_role'),
      mount: at('vault_k8s_mount_point') || 'kubernetes',
      tokenFile: at('vault_sa_token_path') || serviceAccountToken,
    }
  }
  const home = environment['HOME'] ?? environment['USERPROFILE']
  return {
    by: 'environment',
    token: environment['VAULT_TOKEN'] || undefined,
    tokenFile: home === undefined ? undefined : `${home}/.vault-token`,
  }
}

function textAt(configuration: Readonly<JsonObject>, key: string): string {
  const value: JsonValue = Object.hasOwn(configuration, key) ? (configuration[key] ?? '') : ''
  if (typeof value === 'object') throw new TypeError(`\`${key}\` in configuration is no text`)
  return String(value)
}

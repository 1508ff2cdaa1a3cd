import { ActivityFailed } from '@squall/contract'
import { TransportError } from './transport.ts'

/** What an activity throws for an error: `ActivityFailed` when network or server failed, else the error itself. */
export function activityError(error: unknown, url: string): unknown {
  if (!(error instanceof TransportError)) return error
  // The cause of a TransportError is what the system said; the error itself adds nothing to the message.
  return new ActivityFailed(reasonOf(error, url), { cause: error.cause ?? error, ...hintOf(error) })
}

function reasonOf({ stage, late, message }: TransportError, url: string): string {
  if (stage === 'connect') return `failed to connect to ${url}: ${message}.`
  if (late) return `activity took too long to complete: ${url} sent ${message}.`
  if (stage === 'answer')
    return `failed to connect to ${url}: the connection broke before an answer came: ${message}.`
  return `the connection to ${url} broke in the middle of the answer: ${message}.`
}

const certificateHint =
  'Name the certificates to trust with `verify_tls` (a path), or switch the check off with false.'

const hints: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing listens there: check address and port, and that the service is up.',
  ENOTFOUND: 'No address is known for that name: check its spelling and the name service.',
  EAI_AGAIN: 'The name service does not answer: check the network.',
  DEPTH_ZERO_SELF_SIGNED_CERT: certificateHint,
  SELF_SIGNED_CERT_IN_CHAIN: certificateHint,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: certificateHint,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: certificateHint,
  CERT_HAS_EXPIRED: 'The certificate of the server is out of date.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate of the server is for another name.',
}

function hintOf(error: TransportError): { hint?: string } {
  if (error.late) return { hint: 'Raise `timeout`, or find out why the service is slow.' }
  const code = (error.cause as { code?: unknown } | undefined)?.code
  const hint = typeof code === 'string' ? hints[code] : undefined
  return hint === undefined ? {} : { hint }
}

const words: Readonly<Record<string, string>> = {
  UND_ERR_SOCKET: 'the server closed the connection',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'it is shorter or longer than its Content-Length says',
  HPE_INVALID_CONSTANT: 'it does not speak HTTP',
}

/** Why a connection failed, without a full stop. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = (error as { code?: unknown }).code
  const known = typeof code === 'string' ? words[code] : undefined
  if (known) return known
  // One error for each address of a name that has several; the collection itself says nothing.
  const each = error instanceof AggregateError ? error.errors.map(reasonOf) : [error.message]
  return [...new Set(each)].join('; ').replace(/\.$/, '')
}

/** The method as it is sent. */
export function methodOf(method: unknown): string {
  if (method === undefined) return 'GET'
  if (typeof method !== 'string' || !/^[\w!#$%&'*+.^`|~-]+$/.test(method)) {
    throw new Error(`The method of an http call is a word such as POST, not ${JSON.stringify(method)}.`)
  }
  return method.toUpperCase()
}

/** A token nobody can guess. */
export function randomToken(): string {
  return process.getBuiltinModule('node:crypto').randomBytes(24).toString('base64url')
}

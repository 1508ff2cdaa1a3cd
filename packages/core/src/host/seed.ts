/** A fresh seed for a run that was given none. It need not be a secret, so the platform's own chance will do. */
export function freshSeed(): string {
  return Math.random().toString(16).slice(2, 14)
}

/** Says loudly that something could not be shown here, and why. Where CI asks for everything, what can be installed must be. */
export function notRun(what: string, why: string, { required = true }: { required?: boolean } = {}): void {
  process.stderr.write(`NOT RUN: ${what}: ${why}\n`)
  if (required && process.env['SQUALL_REQUIRE_ALL'] === '1') throw new Error(`${what} must run here: ${why}`)
}

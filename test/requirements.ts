import { fileURLToPath } from 'node:url'

/** The folder of the tests. */
export const here: string = fileURLToPath(new URL('.', import.meta.url))

/**
 * Says loudly that a test cannot run here, and why. Where CI asks for everything (`SQUALL_REQUIRE_ALL=1`) that is a
 * failure, unless what is missing is nothing a machine can install.
 */
export function notRun(what: string, why: string, { required = true }: { required?: boolean } = {}): void {
  process.stderr.write(`NOT RUN: ${what}: ${why}\n`)
  if (required && process.env['SQUALL_REQUIRE_ALL'] === '1') throw new Error(`${what} must run here: ${why}`)
}

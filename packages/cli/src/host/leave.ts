/** Ends the process with a code, also when a driver has left something open. */
export function leave(code: number): never {
  process.exit(code)
}

/** What this process ends with where it comes to an end by itself, since nothing keeps it alive any more. */
export function meanToLeave(code: number): void {
  process.exitCode = code
}

export function changeDirectory(folder: string): void {
  process.chdir(folder)
}

export const commandArguments = (): string[] => process.argv.slice(2)

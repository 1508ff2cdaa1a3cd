/** Ends the process with a code, also when a driver has left something open. */
export function leave(code: number): never {
  process.exit(code)
}

export function changeDirectory(folder: string): void {
  process.chdir(folder)
}

export const commandArguments = (): string[] => process.argv.slice(2)

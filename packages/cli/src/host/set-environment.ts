/** Sets a variable of this process, so that whatever it starts sees it too. */
export function setEnvironment(name: string, value: string): void {
  process.env[name] = value
}

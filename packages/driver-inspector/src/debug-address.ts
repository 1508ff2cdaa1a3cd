/** Where a Node.js process has its inspector, or opens it on SIGUSR1. */
export interface DebugAddress {
  readonly host: string
  /** 0: the system chooses one. */
  readonly port: number
  /** Whether the process was told to open it as it starts. */
  readonly fromStart: boolean
}

/** What the command line says of the inspector, and then NODE_OPTIONS. What comes behind the script is the script's own. */
export function debugAddressOf(commandLine: readonly string[], nodeOptions: string): DebugAddress {
  const words = [...nodeOptions.split(/\s+/), ...optionsIn(commandLine.slice(1))]
  let address: DebugAddress = { host: '127.0.0.1', port: 9229, fromStart: false }
  for (const [index, word] of words.entries()) {
    const [, name, value = words[index + 1]] =
      /^--(inspect(?:-port|-brk|-wait)?|debug-port)(?:=(.*))?$/.exec(word) ?? []
    if (name === undefined) continue
    const isPort = name.endsWith('-port')
    const said = isPort || word.includes('=') ? partsOf(value ?? '') : {}
    address = { ...address, ...said, fromStart: address.fromStart || !isPort }
  }
  return address
}

/** Whether only programs of the same machine can reach it. */
export function isLoopback(host: string): boolean {
  return /^(?:127\.[\d.]+|::1)$/.test(host)
}

const takesNextWord =
  /^-(?:[rCep]|pe|-(?:require|import|(?:experimental-)?loader|conditions|eval|print|inspect-port|debug-port|title|input-type|env-file(?:-if-exists)?))$/

/** The words in front of the script. */
function optionsIn(words: readonly string[]): readonly string[] {
  const script = words.findIndex(
    (word, index) => !word.startsWith('-') && !takesNextWord.test(words[index - 1] ?? ''),
  )
  return script < 0 ? words : words.slice(0, script)
}

/** `host:port`, one of them, or `[::1]:port`. */
function partsOf(value: string): { host?: string; port?: number } {
  const [, host, port] = /^(?:(.*):)?(\d+)$/.exec(value) ?? []
  const name = (port === undefined ? value : host)
    ?.replace(/^\[(.*)\]$/, '$1')
    .replace(/^localhost$/, '127.0.0.1')
  return { ...(name ? { host: name } : {}), ...(port === undefined ? {} : { port: Number(port) }) }
}

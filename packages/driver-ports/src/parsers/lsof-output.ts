/** A row of `lsof`: one listening socket in one process. */
export interface LsofListener {
  readonly pid: number
  readonly uid: number | null
  readonly port: number
  readonly address: string
  readonly family: 'IPv4' | 'IPv6'
}

/**
 * Reads the output of `lsof -nP -iTCP -sTCP:LISTEN -F pcuftPnT`: one field per line, named by its first character; `p`
 * begins a process and `f` a file. Not verified on a real macOS; the same program on Linux is.
 */
export function parseLsofOutput(text: string): LsofListener[] {
  const listeners: LsofListener[] = []
  let process = { pid: 0, uid: null as number | null }
  for (const block of text.split(/^(?=[pf])/m)) {
    const fields = fieldsOf(block)
    const pid = fields.get('p')
    if (pid !== undefined) {
      const uid = fields.get('u')
      process = { pid: Number(pid), uid: uid === undefined ? null : Number(uid) }
      continue
    }
    const listener = listenerOf(fields)
    if (listener !== null) listeners.push({ ...process, ...listener })
  }
  return listeners
}

function fieldsOf(block: string): ReadonlyMap<string, string> {
  const lines = block.split('\n').filter((line) => line !== '')
  // `T` comes several times, as TST=LISTEN, TQR=0, ...; the state is the one that matters.
  return new Map(
    lines.map((line) => (line.startsWith('TST=') ? ['TST', line.slice(4)] : [line.charAt(0), line.slice(1)])),
  )
}

function listenerOf(fields: ReadonlyMap<string, string>): Omit<LsofListener, 'pid' | 'uid'> | null {
  const family = fields.get('t')
  const name = fields.get('n') ?? ''
  if (fields.get('P') !== 'TCP' || (family !== 'IPv4' && family !== 'IPv6')) return null
  if ((fields.get('TST') ?? 'LISTEN') !== 'LISTEN' || name.includes('->')) return null
  const [, host = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(name) ?? []
  if (port === '') return null
  return { port: Number(port), address: host === '*' ? anyAddress[family] : host, family }
}

const anyAddress = { IPv4: '0.0.0.0', IPv6: '::' }

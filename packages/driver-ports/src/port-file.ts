import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { ActivityFailed } from '@squall/contract'

/** Reads a file with one port per line, in file order, each port once. Fails when there is none or a line is no port. */
export async function readPortFile(portFilePath: string, directory: string): Promise<readonly number[]> {
  const file = path.resolve(directory, portFilePath)
  const text = await textOf(file)
  const ports = text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line, index) => portOf(line.trim(), `${file}:${index + 1}`))
  return [...new Set(ports.filter((port) => port !== null))]
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    const hint = 'Check port_file_path, and that the service writes its port there.'
    if (code === 'ENOENT') throw new ActivityFailed(`There is no port file '${file}'.`, { hint })
    throw new ActivityFailed(`The port file '${file}' cannot be read: ${message}.`, { hint, cause })
  }
}

function portOf(line: string, place: string): number | null {
  if (line === '') return null
  const port = /^\d{1,5}$/.test(line) ? Number(line) : 0
  if (port >= 1 && port <= 65_535) return port
  throw new ActivityFailed(`${place}: '${line}' is not a port.`, {
    hint: 'A port file holds one number from 1 to 65535 per line.',
  })
}

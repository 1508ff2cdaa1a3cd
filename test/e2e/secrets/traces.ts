import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

/**
 * What must stand nowhere: a text in every encoding, and in base64 with whatever stands before it. `text` is letters and
 * digits, which no encoding but base64 changes.
 */
export function needlesFor(text: string): string[] {
  const pieces = ['', 'x', 'xx'].flatMap((before) =>
    (['base64', 'base64url'] as const).map((encoding) => {
      const whole = Buffer.from(`${before}${text}`).toString(encoding).replace(/=+$/, '')
      // The first and last digits hold bits of the neighbours.
      return whole.slice(before === '' ? 0 : before.length + 1, -1)
    }),
  )
  return [...new Set([text, ...pieces])]
}

/** The names of the streams and files that hold one of the needles; files are looked for below the folders. */
export async function tracesOf(
  needles: readonly string[],
  folders: readonly string[],
  streams: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const found = Object.entries(streams).filter(([, text]) => needles.some((needle) => text.includes(needle)))
  const files = (await Promise.all(folders.map(filesBelow))).flat()
  const read = await Promise.all(files.map(async (file) => ({ file, bytes: await readFile(file) })))
  const told = read.filter(({ bytes }) => needles.some((needle) => bytes.includes(needle)))
  return [...found.map(([name]) => name), ...told.map(({ file }) => file)]
}

export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
}

// Activities that tell the secret they are given, in every way they can.
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'

export function fail({ token }) {
  throw new Error(`the token ${token} is wrong, and so is ${Buffer.from(`u:${token}`).toString('base64')}`, {
    cause: new TypeError(JSON.stringify({ token })),
  })
}

export function tell({ token }, { log, secrets }) {
  log.warn(`the token is ${token}`, { [token]: encodeURIComponent(token), secrets })
  return { [token]: [token, new URLSearchParams({ token }).toString()], length: token.length }
}

export async function harm({ token, file, wait = false }, { undo, signal }) {
  await undo('mend', { file: path.resolve(file), ...undoArguments(token) })
  await writeFile(file, 'broken')
  if (wait) await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
}

/** Leaves a mark that only whoever got the real secret can make. */
export async function mend({ file, ...rest }) {
  await writeFile(file, createHash('sha256').update(JSON.stringify(rest)).digest('hex'))
}

/** The secret as undo functions get it: alone, in a header, in a URL, in a body, as a key. */
export function undoArguments(token) {
  return {
    token,
    header: `Basic ${Buffer.from(`user:${token}`).toString('base64')}`,
    url: `http://127.0.0.1/?token=${encodeURIComponent(token)}`,
    body: JSON.stringify({ token }),
    deep: [{ [token]: `<${token}>` }],
  }
}

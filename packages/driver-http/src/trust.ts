import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Trust } from './transport.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Whom `verify_tls` says to believe: true for the usual authorities (or those of `REQUESTS_CA_BUNDLE` or
 * `CURL_CA_BUNDLE`), false for anybody, a path for the authorities of that file or folder.
 */
export async function trustOf(verify: unknown, environment: Environment): Promise<Trust> {
  if (typeof verify === 'string' && verify !== '')
    return { verify: true, authorities: await authoritiesOf(verify) }
  if (verify !== undefined && verify !== null && !verify) return { verify: false }
  const bundle = environment['REQUESTS_CA_BUNDLE'] || environment['CURL_CA_BUNDLE']
  return bundle ? { verify: true, authorities: await authoritiesOf(bundle) } : { verify: true }
}

async function authoritiesOf(place: string): Promise<string[]> {
  try {
    const isFolder = (await stat(place)).isDirectory()
    const files = isFolder ? (await readdir(place)).map((name) => path.join(place, name)) : [place]
    return await Promise.all(files.map((file) => readFile(file, 'utf8')))
  } catch (cause) {
    throw new Error(`The certificates of '${place}' cannot be read.`, { cause })
  }
}

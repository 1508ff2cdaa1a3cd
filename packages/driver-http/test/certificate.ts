import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export interface Certificate {
  /** Where the certificate lies. */
  readonly file: string
  readonly key: string
  readonly cert: string
}

/** A certificate for 127.0.0.1 that nobody trusts. */
export function selfSigned(): Certificate {
  const folder = mkdtempSync(path.join(tmpdir(), 'driver-http-'))
  const [key, file] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')]
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=fixture']
  const names = ['-addext', 'subjectAltName=IP:127.0.0.1']
  execFileSync('openssl', [...request, ...names, '-keyout', key, '-out', file], { stdio: 'ignore' })
  return { file, key: readFileSync(key, 'utf8'), cert: readFileSync(file, 'utf8') }
}

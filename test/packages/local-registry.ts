import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Manifest, PackedPackage } from './packed.ts'
import { tarballOf } from './tarball.ts'
import type { InstalledPackage } from './third-party.ts'

/** A package registry for one test file: npm installs from it as from the real one, and no network is needed. */
export interface LocalRegistry extends AsyncDisposable {
  readonly url: string
}

interface Release {
  readonly manifest: Manifest
  tarball(): Promise<Buffer> | Buffer
}

/** Serves our tarballs, and what others wrote as it lies in `node_modules`. */
export async function startRegistry(
  ours: readonly PackedPackage[],
  others: readonly InstalledPackage[],
): Promise<LocalRegistry> {
  const releases = [
    ...ours.map(({ manifest, tarball }) => ({ manifest, tarball: () => readFile(tarball) })),
    ...others.map(({ manifest, folder }) => ({ manifest, tarball: () => tarballOf(folder) })),
  ]
  const server = http.createServer((request, response) => {
    answer(releases, `http://${request.headers.host}`, decodeURIComponent(request.url ?? ''))
      .then((body) => response.writeHead(body === undefined ? 404 : 200).end(body ?? '{}'))
      .catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function answer(
  releases: readonly Release[],
  origin: string,
  route: string,
): Promise<string | Buffer | undefined> {
  const release = releases.find(({ manifest }) => route === tarballRoute(manifest))
  if (release) return release.tarball()
  const versions = releases.filter(({ manifest }) => route === `/${manifest.name}`)
  return versions.length === 0 ? undefined : JSON.stringify(packument(versions, origin))
}

/** What npm asks a registry for first: every version of a package, and where its tarball is. */
function packument(releases: readonly Release[], origin: string): object {
  const versions = releases.map(({ manifest }) => [
    manifest.version,
    { ...manifest, dist: { tarball: `${origin}${tarballRoute(manifest)}` } },
  ])
  const latest = releases.at(-1)?.manifest
  return {
    name: latest?.name,
    'dist-tags': { latest: latest?.version },
    versions: Object.fromEntries(versions),
  }
}

function tarballRoute({ name, version }: Manifest): string {
  return `/${name}/-/${version}.tgz`
}

import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../../', import.meta.url))
const run = promisify(execFile)

/**
 * Packs packages of the workspace into `place` with the pinned pnpm, as they would be published: all of them, or those
 * named. Each is unpacked there too; its `source` is its folder in the workspace.
 */
export async function packWorkspace(place, names = []) {
  const { packageManager } = await readJson(path.join(root, 'package.json'))
  const filters = names.flatMap((name) => ['--filter', name])
  const pnpm = ['--yes', '--prefer-offline', packageManager, '--recursive', ...filters]
  const { stdout } = await run('npx', [...pnpm, 'pack', '--json', '--pack-destination', place], {
    cwd: root,
    maxBuffer: 2 ** 28,
    shell: process.platform === 'win32',
  })
  const sources = await workspaceSources()
  return Promise.all(
    JSON.parse(stdout).map(async ({ name, filename }) => ({
      ...(await unpack(filename)),
      source: sources.get(name),
    })),
  )
}

async function unpack(tarball) {
  const place = tarball.replace(/\.tgz$/, '')
  await mkdir(place)
  await run('tar', ['-xzf', tarball, '-C', place])
  const folder = path.join(place, 'package')
  const manifest = await readJson(path.join(folder, 'package.json'))
  return { name: manifest.name, tarball, folder, manifest, files: await filesBelow(folder) }
}

async function workspaceSources() {
  const parent = path.join(root, 'packages')
  const folders = (await readdir(parent)).map((name) => path.join(parent, name))
  const named = folders.map(async (folder) => [
    (await readJson(path.join(folder, 'package.json'))).name,
    folder,
  ])
  return new Map(await Promise.all(named))
}

async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
}

async function readJson(file) {
  return JSON.parse(await readFile(file, 'utf8'))
}

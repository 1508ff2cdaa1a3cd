import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

/** Every folder below `root` with a case.json, as `{ id, folder, definition }` in the order of the ids. */
export function findCases(root, filters) {
  return foldersWithCases(root)
    .map((folder) => ({ id: path.relative(root, folder).split(path.sep).join('/'), folder }))
    .filter(({ id }) => filters.length === 0 || filters.some((filter) => id.includes(filter)))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((one) => ({
      ...one,
      definition: JSON.parse(fs.readFileSync(path.join(one.folder, 'case.json'), 'utf8')),
    }))
}

/** The programs a case needs and this machine does not have. */
export function missingPrograms({ definition }) {
  return (definition.requires ?? []).filter((name) => !isInstalled(name))
}

/** Whether any file of the case speaks of the TLS fixture. */
export function usesTls({ folder }) {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .some(
      (entry) =>
        entry.isFile() && fs.readFileSync(path.join(folder, entry.name), 'utf8').includes('FIXTURE_TLS_URL'),
    )
}

function foldersWithCases(folder) {
  if (fs.existsSync(path.join(folder, 'case.json'))) return [folder]
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? foldersWithCases(path.join(folder, entry.name)) : []))
}

const installed = new Map()

function isInstalled(name) {
  if (!installed.has(name)) installed.set(name, spawnSync('sh', ['-c', `command -v ${name}`]).status === 0)
  return installed.get(name)
}

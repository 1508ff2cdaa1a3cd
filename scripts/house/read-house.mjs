import { existsSync, readdirSync, readFileSync } from 'node:fs'

const generated = ['node_modules', 'dist', '.turbo', 'coverage', 'fixtures']

/** The files the house rules look at: path from `root` (a URL that ends with a slash) to text. */
export function readHouse(root) {
  const files = new Map()
  const add = (file) => files.set(file, readFileSync(new URL(file, root), 'utf8'))
  add('package.json')
  for (const folder of readdirSync(new URL('packages/', root))) {
    const manifest = `packages/${folder}/package.json`
    if (!existsSync(new URL(manifest, root))) continue
    add(manifest)
    for (const file of modulesBelow(root, `packages/${folder}`)) add(file)
  }
  return files
}

function modulesBelow(root, folder) {
  return readdirSync(new URL(`${folder}/`, root), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const below = `${folder}/${entry.name}`
      if (entry.isDirectory()) return generated.includes(entry.name) ? [] : modulesBelow(root, below)
      return /\.[mc]?[jt]s$/.test(entry.name) ? [below] : []
    })
}

// Gives every package.json of packages/ the same common fields, in the same order.
//   node scripts/package-fields.mjs          writes them
//   node scripts/package-fields.mjs --check  exits 1 when one differs
import { readdir, readFile, writeFile } from 'node:fs/promises'

const checkOnly = process.argv.includes('--check')
const common = {
  license: 'MIT',
  author: 'The squall contributors',
  type: 'module',
  engines: { node: '>=20.18.1' },
  sideEffects: false,
}
const order = [
  'name',
  'version',
  'description',
  'keywords',
  'license',
  'author',
  'type',
  'engines',
  'sideEffects',
  'bin',
  'exports',
  'files',
  'squall',
  'scripts',
  'dependencies',
  'peerDependencies',
  'peerDependenciesMeta',
  'devDependencies',
]

function uniform(manifest) {
  const keywords = ['chaos-engineering', 'chaostoolkit', ...(manifest.squall ? ['squall-driver'] : [])]
  const built = manifest.exports ? ['dist', '!dist/.tsbuildinfo', 'src', '!src/**/*.test.ts'] : []
  const files = [...new Set([...built, ...(manifest.files ?? [])])]
  const all = { ...manifest, ...common, keywords, files }
  const unknown = Object.keys(all).filter((key) => !order.includes(key))
  if (unknown.length > 0) throw new Error(`${manifest.name}: unexpected fields ${unknown.join(', ')}`)
  return Object.fromEntries(order.filter((key) => key in all).map((key) => [key, all[key]]))
}

const different = []
for (const folder of (await readdir('packages')).sort()) {
  const file = `packages/${folder}/package.json`
  const text = await readFile(file, 'utf8')
  const wanted = `${JSON.stringify(uniform(JSON.parse(text)), null, 2)}\n`
  if (text === wanted) continue
  different.push(file)
  if (!checkOnly) await writeFile(file, wanted)
}
if (checkOnly && different.length > 0) {
  process.stderr.write(`Run 'node scripts/package-fields.mjs'; these differ: ${different.join(', ')}\n`)
  process.exit(1)
}

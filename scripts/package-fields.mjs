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

/**
 * A peer of ours is good from the minor version on that it is released with, up to the next major one: whether the two
 * understand each other says the number of the contract. `workspace:^` would end at the next minor one while the major
 * one is 0, and then every minor release would be a major one for those who have the peer.
 */
function peersOf(peers, versions) {
  const ranges = Object.entries(peers).map(([name, range]) => {
    const [major, minor] = versions.get(name)?.split('.') ?? []
    return [name, major === undefined ? range : `workspace:>=${major}.${minor}.0 <${Number(major) + 1}.0.0`]
  })
  return { peerDependencies: Object.fromEntries(ranges) }
}

function uniform(manifest, versions) {
  const keywords = ['chaos-engineering', 'chaostoolkit', ...(manifest.squall ? ['squall-driver'] : [])]
  const built = manifest.exports ? ['dist', '!dist/.tsbuildinfo', 'src', '!src/**/*.test.ts'] : []
  const files = [...new Set([...built, ...(manifest.files ?? [])])]
  const { peerDependencies } = manifest
  const peers = peerDependencies ? peersOf(peerDependencies, versions) : {}
  const all = { ...manifest, ...common, keywords, files, ...peers }
  const unknown = Object.keys(all).filter((key) => !order.includes(key))
  if (unknown.length > 0) throw new Error(`${manifest.name}: unexpected fields ${unknown.join(', ')}`)
  return Object.fromEntries(order.filter((key) => key in all).map((key) => [key, all[key]]))
}

const files = (await readdir('packages')).sort().map((folder) => `packages/${folder}/package.json`)
const texts = new Map(await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')])))
const manifests = [...texts.values()].map((text) => JSON.parse(text))
const versions = new Map(manifests.map(({ name, version }) => [name, version]))

const different = []
for (const [file, text] of texts) {
  const wanted = `${JSON.stringify(uniform(JSON.parse(text), versions), null, 2)}\n`
  if (text === wanted) continue
  different.push(file)
  if (!checkOnly) await writeFile(file, wanted)
}
if (checkOnly && different.length > 0) {
  process.stderr.write(`Run 'node scripts/package-fields.mjs'; these differ: ${different.join(', ')}\n`)
  process.exit(1)
}

import { isListed, rowOf } from './import-matrix.mjs'
import { roleOf, targetOf } from './package-of.mjs'

const worldly = [
  ...['child_process', 'cluster', 'dgram', 'http', 'http2', 'https', 'net', 'perf_hooks', 'process'],
  ...['timers', 'timers/promises', 'tls'],
].map((name) => `node:${name}`)
const chanceOfCrypto = ['randomBytes', 'randomFill', 'randomFillSync', 'randomInt', 'randomUUID', 'webcrypto']
const wholeModule = ['ImportDefaultSpecifier', 'ImportNamespaceSpecifier']

/** What is wrong with one import of `file`; undefined when nothing is. */
export function importFinding(file, imported, house) {
  const role = roleOf(file)
  const target = targetOf(imported.specifier, file)
  if (target.kind === 'file') return leavingFinding(role, target)
  if (target.kind === 'node') return worldFinding(role, imported, target) ?? neverFinding(role, target)
  const other = house.folderOf.get(target.name)
  const finding = other ? houseFinding(role, imported, other) : neverFinding(role, target)
  return finding ?? deepFinding(target, house) ?? declaredFinding(role, target, house)
}

function leavingFinding({ folder }, { file }) {
  if (file.startsWith(`packages/${folder}/`)) return undefined
  return `a relative import may not leave packages/${folder}: import the package by its name`
}

function worldFinding({ mayTouchTheWorld }, { isType, names }, { name }) {
  if (mayTouchTheWorld || isType) return undefined
  if (worldly.includes(name)) return `${name} belongs in a folder named host/`
  if (name !== 'node:crypto') return undefined
  if (names.some((entry) => wholeModule.includes(entry)))
    return 'name what is used of node:crypto: it also has chance'
  const taken = names.find((entry) => chanceOfCrypto.includes(entry))
  return taken && `${taken} of node:crypto is chance: it belongs in a folder named host/`
}

function neverFinding({ folder, isShipped }, { kind, name }) {
  const row = rowOf(folder)
  if (!isShipped || !row) return undefined
  if (row.never.includes(name)) return `${folder} may not import ${name}: it has to be handed in`
  if (kind === 'package' && row.libraries === 'none')
    return `${folder} imports no npm package, so not ${name}`
  return undefined
}

function houseFinding({ folder, isShipped }, { isType, isDynamic }, other) {
  const row = rowOf(folder)
  if (!row) return undefined
  if (other === folder)
    return isShipped ? `${folder} imports itself by name: use a relative import` : undefined
  if (isListed(row.imports, other)) return undefined
  if (!isShipped && isListed([...row.optional, ...row.names, ...row.tests, 'testkit'], other))
    return undefined
  if (isListed(row.optional, other)) {
    return isType || isDynamic
      ? undefined
      : `${folder} may load ${other} with import() only: it is an optional peer`
  }
  if (isListed(row.names, other)) return `${folder} names ${other} in its package.json only`
  return `${folder} may not import ${other} (it may import: ${row.imports.join(', ') || 'none of our packages'})`
}

function deepFinding({ name, below }, { folderOf, manifests }) {
  const other = folderOf.get(name)
  if (!other || below === '') return undefined
  if (`./${below}` in (manifests.get(other).exports ?? {})) return undefined
  return `${name}/${below} reaches into the folders of another package: import ${name}`
}

function declaredFinding({ folder, isShipped }, { name }, { manifests, rootManifest }) {
  const manifest = manifests.get(folder)
  if (name === manifest.name) return undefined
  const has = (owner, kind) => name in (owner[kind] ?? {})
  if (['dependencies', 'peerDependencies', 'optionalDependencies'].some((kind) => has(manifest, kind)))
    return undefined
  if (!isShipped && has(rootManifest, 'devDependencies')) return undefined
  if (has(manifest, 'devDependencies')) {
    if (!isShipped || rowOf(folder)?.isBundled) return undefined
    return `${name} is a devDependency of ${folder}: what ships may not import it`
  }
  return `${name} is not declared in packages/${folder}/package.json`
}

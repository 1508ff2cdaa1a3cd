import { builtinModules } from 'node:module'
import path from 'node:path'

/** What a specifier means: a file of ours, a part of Node, or an npm package with the path below its name. */
export function targetOf(specifier, importer) {
  if (specifier.startsWith('.')) {
    return { kind: 'file', file: path.posix.join(path.posix.dirname(importer), specifier) }
  }
  const bare = specifier.replace(/^node:/, '')
  if (specifier.startsWith('node:') || builtinModules.includes(bare))
    return { kind: 'node', name: `node:${bare}` }
  const words = specifier.split('/')
  const length = specifier.startsWith('@') ? 2 : 1
  return { kind: 'package', name: words.slice(0, length).join('/'), below: words.slice(length).join('/') }
}

/** The role of a file in its package decides which rules hold for it. */
export function roleOf(file) {
  const [, folder, ...rest] = file.split('/')
  const isShipped = ['src', 'bin'].includes(rest[0]) && !/\.test\.[mc]?[jt]s$/.test(file)
  const mayTouchTheWorld = !isShipped || rest[0] === 'bin' || rest.includes('host')
  return { folder, isShipped, mayTouchTheWorld }
}

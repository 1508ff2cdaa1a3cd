import { ambientUsesOf } from './ambient-uses.mjs'
import { cyclesIn } from './cycles.mjs'
import { importFinding } from './import-rules.mjs'
import { importsOf } from './imports-of.mjs'
import { manifestFindings } from './manifest-rules.mjs'
import { roleOf, targetOf } from './package-of.mjs'
import { parse } from './syntax.mjs'

/**
 * Everything in the tree that breaks a rule of the house, as `file:line: what is wrong`.
 * `files` maps paths to texts: the root's package.json, and of each package its package.json and modules.
 */
export function houseFindings(files) {
  const house = houseOf(files)
  const findings = []
  for (const [folder, manifest] of house.manifests) {
    for (const finding of manifestFindings(folder, manifest, house.folderOf)) {
      findings.push(`packages/${folder}/package.json:1: ${finding}.`)
    }
  }
  const modules = new Map()
  for (const [file, text] of files) {
    if (file.endsWith('.json')) continue
    const { imports, broken } = readModule(file, text, house)
    modules.set(file, imports)
    findings.push(...broken.map(({ line, what }) => `${file}:${line}: ${what}.`))
  }
  return [...findings, ...fileCycles(modules), ...packageCycles(modules, house)]
}

function houseOf(files) {
  const manifests = new Map()
  for (const [file, text] of files) {
    const [, folder] = file.match(/^packages\/([^/]+)\/package\.json$/) ?? []
    if (folder) manifests.set(folder, JSON.parse(text))
  }
  return {
    manifests,
    folderOf: new Map([...manifests].map(([folder, { name }]) => [name, folder])),
    rootManifest: JSON.parse(files.get('package.json') ?? '{}'),
  }
}

function readModule(file, text, house) {
  let syntax
  try {
    syntax = parse(file, text)
  } catch (error) {
    return { imports: [], broken: [{ line: 1, what: `cannot be parsed: ${error.message.split('\n')[0]}` }] }
  }
  const imports = importsOf(syntax)
  const broken = imports.flatMap((imported) => {
    const what = importFinding(file, imported, house)
    return what ? [{ line: imported.line, what }] : []
  })
  if (roleOf(file).mayTouchTheWorld) return { imports, broken }
  const ambient = ambientUsesOf(syntax).map(({ line, what }) => ({
    line,
    what: `${what} belongs in a folder named host/, and is handed in elsewhere`,
  }))
  return { imports, broken: [...broken, ...ambient] }
}

function fileCycles(modules) {
  const edges = new Map()
  for (const [file, imports] of modules) {
    const targets = imports.map(({ specifier }) => targetOf(specifier, file))
    edges.set(
      file,
      targets.flatMap((target) => (target.kind === 'file' ? [target.file] : [])),
    )
  }
  return cyclesIn(edges).map((cycle) => {
    const { line } = modules
      .get(cycle[0])
      .find(({ specifier }) => targetOf(specifier, cycle[0]).file === cycle[1])
    return `${cycle[0]}:${line}: import cycle: ${cycle.join(' -> ')}.`
  })
}

function packageCycles(modules, { folderOf }) {
  const edges = new Map()
  for (const [file, imports] of modules) {
    const { folder, isShipped } = roleOf(file)
    if (!isShipped) continue
    const others = imports.flatMap(({ specifier }) => folderOf.get(targetOf(specifier, file).name) ?? [])
    edges.set(folder, [...(edges.get(folder) ?? []), ...others.filter((other) => other !== folder)])
  }
  return cyclesIn(edges).map(([folder, ...rest]) => {
    return `packages/${folder}/package.json:1: packages import each other in a circle: ${[folder, ...rest].join(' -> ')}.`
  })
}

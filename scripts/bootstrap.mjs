// Makes a clone ready, doing only what is missing, and then runs a program of it. Needs Node and npm, nothing else.
//   node scripts/bootstrap.mjs                         installs and builds
//   node scripts/bootstrap.mjs PROGRAM [ARGUMENT...]   then runs this JavaScript file in the same process
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const stamps = path.join(root, 'node_modules/.squall')
const notSource = ['node_modules', 'dist', '.turbo', 'coverage', 'test']
const { packageManager, engines } = JSON.parse(read('package.json'))

requireNode(engines.node)
prepare()
await run(process.argv.slice(2))

function prepare() {
  const packages = workspaceFolders()

  const wanted = fingerprint([process.version, process.platform, process.arch, ...installInputs(packages)])
  const isWhole = packages.every(hasModules)
  if (!isWhole || stampOf('install') !== wanted) {
    const install = ['install', '--frozen-lockfile', '--prefer-offline', '--config.confirmModulesPurge=false']
    step('Installing packages', install, 'The first install needs the network; later ones do not.')
    stamp('install', wanted)
  }

  // The files that were built are part of the mark: a dist that somebody removed or rebuilt is looked at again.
  const inputs = fingerprint([wanted, ...buildInputs(packages)])
  if (stampOf('build') === fingerprint([inputs, ...buildOutputs(packages)])) return
  step('Building', ['exec', 'turbo', 'run', 'build', '--output-logs=errors-only'], 'Mend the errors above.')
  stamp('build', fingerprint([inputs, ...buildOutputs(packages)]))
}

/** Runs the program here rather than in a child: signals, streams and the exit code are then its own. */
async function run([program, ...args]) {
  if (program === undefined) return
  const certificates = process.env.NODE_EXTRA_CA_CERTS
  if (certificates) {
    // Node reads them at every start: 80 ms for each of the many processes that come now. Whoever has to reach the
    // package registry after all finds them under this name.
    process.env.SQUALL_EXTRA_CA_CERTS = certificates
    delete process.env.NODE_EXTRA_CA_CERTS
  }
  const file = path.resolve(root, program)
  process.argv = [process.execPath, file, ...args]
  await import(pathToFileURL(file).href)
}

function requireNode(range) {
  const [major, minor] = range.match(/\d+/g).map(Number)
  const [ourMajor, ourMinor] = process.versions.node.split('.').map(Number)
  if (ourMajor > major || (ourMajor === major && ourMinor >= minor)) return
  fail(`This needs Node ${range}; here is ${process.versions.node}.`)
}

/** Runs one pnpm command through npx, which needs no installed pnpm. Quiet unless it fails. */
function step(title, args, hint) {
  say(`${title} ...`)
  const began = performance.now()
  const { status, stdout, stderr, error } = spawnSync(
    'npx',
    ['--yes', '--prefer-offline', packageManager, ...args],
    {
      cwd: root,
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      shell: process.platform === 'win32',
    },
  )
  if (error) fail(`npx cannot be started: ${error.message}.`)
  if (status !== 0) fail(`${stdout}${stderr}\nsquall: ${title} failed. ${hint}`)
  say(`${title} took ${((performance.now() - began) / 1000).toFixed(1)} s.`)
}

/** The folders that pnpm-workspace.yaml lists; a star stands for every folder below. */
function workspaceFolders() {
  const [, list] = read('pnpm-workspace.yaml').match(/^packages:\n((?: +- .+\n)+)/m)
  const patterns = list.match(/[^\s-]\S*/g)
  const folders = patterns.flatMap((pattern) => {
    const parent = pattern.slice(0, -2)
    return pattern.endsWith('/*') ? namesIn(parent).map((name) => `${parent}/${name}`) : [pattern]
  })
  return folders.filter((folder) => existsSync(path.join(root, folder, 'package.json')))
}

function hasModules(folder) {
  const { dependencies, devDependencies } = JSON.parse(read(`${folder}/package.json`))
  return namesIn(folder).includes('node_modules') || !(dependencies || devDependencies)
}

function installInputs(packages) {
  const manifests = packages.map((folder) => `${folder}/package.json`)
  const files = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests]
  return files.flatMap((file) => [file, read(file)])
}

function buildInputs(packages) {
  const isSource = (name) => !notSource.includes(name) && !name.endsWith('.test.ts')
  // The command's build takes the scenarios of the examples in.
  const files = [...new Set([...packages, 'examples'].flatMap((folder) => filesBelow(folder, isSource)))]
  return ['tsconfig.base.json', 'turbo.json', ...files].flatMap((file) => [file, read(file)])
}

function buildOutputs(packages) {
  const files = packages.flatMap((folder) => filesBelow(`${folder}/dist`, () => true))
  return files.map((file) => {
    const { size, mtimeMs } = statSync(path.join(root, file))
    return `${file} ${size} ${mtimeMs}`
  })
}

function filesBelow(folder, isWanted) {
  return namesIn(folder)
    .filter(isWanted)
    .map((name) => `${folder}/${name}`)
    .flatMap((file) => (statSync(path.join(root, file)).isDirectory() ? filesBelow(file, isWanted) : [file]))
}

function namesIn(folder) {
  const place = path.join(root, folder)
  return existsSync(place) ? readdirSync(place).sort() : []
}

function fingerprint(parts) {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest('hex')
}

function stampOf(name) {
  const file = path.join(stamps, name)
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

function stamp(name, value) {
  mkdirSync(stamps, { recursive: true })
  writeFileSync(path.join(stamps, name), value)
}

function read(file) {
  return readFileSync(path.join(root, file), 'utf8')
}

function say(line) {
  process.stderr.write(`squall: ${line}\n`)
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

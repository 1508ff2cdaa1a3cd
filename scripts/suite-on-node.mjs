// Runs the tests on another version of Node. npm has each as a package for one platform: it is fetched once, into .nodes.
//   node scripts/suite-on-node.mjs 22 [ARGUMENT of vitest...]
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const versions = { 22: '22.23.5', 24: '24.22.3' }
// They look at files and at other tests, whatever runs them.
const leftOut = ['test/house/**', 'test/mutated/**']

const root = fileURLToPath(new URL('..', import.meta.url))
const [major, ...words] = process.argv.slice(2)
const version = versions[major]
if (version === undefined) {
  process.stderr.write(`Name one of ${Object.keys(versions).join(', ')}.\n`)
  process.exit(2)
}
const bin = fetchNode()
const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` }
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs')
const exclude = leftOut.flatMap((pattern) => ['--exclude', pattern])
const node = path.join(bin, 'node')
const { status } = spawnSync(node, [vitest, 'run', ...exclude, ...words], {
  cwd: root,
  env,
  stdio: 'inherit',
})
process.exitCode = status ?? 1

/** The folder of the program. */
function fetchNode() {
  const place = path.join(root, '.nodes', version)
  if (existsSync(place)) return path.join(place, 'bin')
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const fresh = `${place}.part`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true })
  const name = `node-${platform}-${process.arch}@${version}`
  const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', fresh, name], {
    encoding: 'utf8',
    env: withCertificates(),
    shell: process.platform === 'win32',
  })
  execFileSync('tar', ['-xzf', path.join(fresh, packed.trim()), '-C', fresh, '--strip-components=1'])
  rmSync(path.join(fresh, packed.trim()))
  renameSync(fresh, place)
  return path.join(place, 'bin')
}

/** bootstrap.mjs keeps them for those who reach the registry. */
function withCertificates() {
  const { SQUALL_EXTRA_CA_CERTS: certificates } = process.env
  return { ...process.env, ...(certificates ? { NODE_EXTRA_CA_CERTS: certificates } : {}) }
}

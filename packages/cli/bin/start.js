'use strict'
const { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require('node:fs')
const path = require('node:path')
const vm = require('node:vm')

const dist = path.join(__dirname, '..', 'dist')
const bundle = path.join(dist, 'bundle', 'squall.script.js')

/**
 * Starts the command of a package. The dependencies of the package in `folder` are the drivers that came with the command;
 * `load` is an `import()` of its own, so that what it names is found from there.
 */
exports.start = function start(folder, version, load) {
  const words = process.argv.slice(2)
  const only = words.length === 1 ? words[0] : undefined
  if (only === '--help' || only === '-h')
    return void process.stdout.write(readFileSync(path.join(dist, 'help.txt'), 'utf8'))
  loadBundle().main({ commandFolder: path.resolve(folder), version, importModule: load })
}

exports.loadBundle = loadBundle

/** Runs the bundle, compiled by an earlier start where its cache is still good. */
function loadBundle() {
  // It is all ASCII, and a function as Node makes one of a CommonJS file.
  const source = readFileSync(bundle, 'latin1')
  const cache = cacheFile()
  const cachedData = readIfThere(cache)
  const script = new vm.Script(source, { filename: bundle, ...(cachedData ? { cachedData } : {}) })
  if (!cachedData || script.cachedDataRejected) process.once('exit', () => keep(cache, script))
  const module = { exports: {} }
  script.runInThisContext()(module.exports, require, module, bundle, path.dirname(bundle))
  return module.exports
}

/** One file for each build of the bundle and each Node, in the user's cache folder. */
function cacheFile() {
  const { mtimeMs, size } = statSync(bundle)
  const { HOME, USERPROFILE, XDG_CACHE_HOME } = process.env
  const base = XDG_CACHE_HOME || path.join(HOME || USERPROFILE || '.', '.cache')
  const name = [process.version, process.arch, size.toString(36), Math.round(mtimeMs).toString(36)].join('-')
  return path.join(base, 'squall', `${name}.v8`)
}

function readIfThere(file) {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

/** Keeps what V8 has compiled by now, so the functions of this start are in it. */
function keep(file, script) {
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
    const aside = `${file}.${process.pid}`
    writeFileSync(aside, script.createCachedData(), { mode: 0o600 })
    renameSync(aside, file)
  } catch {
    // A folder that cannot be written costs the next start some milliseconds and nothing else.
  }
}

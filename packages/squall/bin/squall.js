#!/usr/bin/env node
'use strict'
const { existsSync } = require('node:fs')
const { version } = require('../package.json')

// Scripts ask for the version again and again: nothing is loaded for it.
if (process.argv.length === 3 && process.argv[2] === '--version')
  process.stdout.write(`squall, version ${version}\n`)
else require(startFile()).start(`${__dirname}/..`, version, (specifier) => import(specifier))

/** Node would read package.json and weigh its `exports` at every start, which takes two milliseconds. */
function startFile() {
  const file = '@squall/cli/bin/start.js'
  const folder = module.paths.find((path) => existsSync(`${path}/${file}`))
  return folder === undefined ? '@squall/cli/start' : `${folder}/${file}`
}

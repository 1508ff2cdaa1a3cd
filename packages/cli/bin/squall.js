#!/usr/bin/env node
'use strict'
const { version } = require('../package.json')

// Scripts ask for the version again and again: nothing is loaded for it.
if (process.argv.length === 3 && process.argv[2] === '--version')
  process.stdout.write(`squall, version ${version}\n`)
else require('./start.js').start(commandFolder(), version, (specifier) => import(specifier))

/**
 * The folder of the package whose dependencies are the drivers that came with the command. npm links this file too where
 * `squall` is installed, since both packages have a command of that name.
 */
function commandFolder() {
  const path = require('node:path')
  const whole = path.join(__dirname, '..', '..', '..', 'squall')
  return require('node:fs').existsSync(path.join(whole, 'package.json')) ? whole : path.join(__dirname, '..')
}

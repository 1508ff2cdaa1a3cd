#!/usr/bin/env node
'use strict'
const { version } = require('../package.json')

// Scripts ask for the version again and again: nothing is loaded for it.
if (process.argv.length === 3 && process.argv[2] === '--version')
  process.stdout.write(`squall, version ${version}\n`)
else require('@squall/cli/start').start(`${__dirname}/..`, version, (specifier) => import(specifier))

#!/usr/bin/env node
'use strict'
const path = require('node:path')
const { version } = require('../package.json')

const commandFolder = path.join(__dirname, '..')
const argv = process.argv.slice(2)
if (argv.length === 1 && argv[0] === '--version') process.stdout.write(`squall, version ${version}\n`)
else import('../dist/index.js').then(({ main }) => main({ commandFolder, version }))

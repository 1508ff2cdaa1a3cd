#!/usr/bin/env node
'use strict'
const path = require('node:path')

const commandFolder = path.join(__dirname, '..')
const words = process.argv.slice(2)
const only = words.length === 1 ? words[0] : undefined

// The version and the help are asked for by scripts and completions again and again: nothing is loaded for them.
if (only === '--version') process.stdout.write(`squall, version ${require('../package.json').version}\n`)
else if (only === '--help' || only === '-h') {
  process.stdout.write(require('node:fs').readFileSync(path.join(commandFolder, 'dist', 'help.txt'), 'utf8'))
} else {
  import('../dist/bundle/index.js').then(({ main }) =>
    main({ commandFolder, version: require('../package.json').version }),
  )
}

#!/usr/bin/env node
// Writes the manifest of a built driver: squall-manifest [folder of the package]
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { manifestOf } from '../dist/index.js'

const folder = path.resolve(process.argv[2] ?? '.')
const { name, squall } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'))
if (typeof squall?.driver !== 'string' || typeof squall?.manifest !== 'string') {
  process.stderr.write(
    `${name}: package.json needs "squall": {"contract": 1, "driver": "...", "manifest": "..."}.\n`,
  )
  process.exit(1)
}
const { default: driver } = await import(pathToFileURL(path.join(folder, squall.driver)).href)
await writeFile(path.join(folder, squall.manifest), `${JSON.stringify(manifestOf(driver), null, 2)}\n`)

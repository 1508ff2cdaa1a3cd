// Writes the text of `squall --help`, so that the command can show it without loading anything.
import { writeFile } from 'node:fs/promises'
import { makeProgram } from '../dist/command-line/program.js'

const program = makeProgram('0.0.0', async () => undefined)
await writeFile(new URL('../dist/help.txt', import.meta.url), program.helpInformation())

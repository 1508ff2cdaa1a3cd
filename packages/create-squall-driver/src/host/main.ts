import { parseArgs } from 'node:util'
import { createDriver } from '../create-driver.ts'
import type { DriverNames } from '../driver-names.ts'
import { NotCreated } from '../not-created.ts'

const usage = `Usage: npm create squall-driver NAME

Makes the package squall-driver-NAME in a folder of that name: a driver that builds and keeps every law.
`

/** Runs the command line and resolves to its exit code: 0 made, 1 not made, 2 wrong usage. */
export async function main(words: readonly string[]): Promise<number> {
  const read = readWords(words)
  if (typeof read === 'string') {
    process.stderr.write(read)
    return 2
  }
  if (read.help) {
    process.stdout.write(usage)
    return 0
  }
  try {
    process.stdout.write(nextSteps(await createDriver({ name: read.name, directory: process.cwd() })))
    return 0
  } catch (error) {
    if (!(error instanceof NotCreated)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  }
}

function readWords(words: readonly string[]): { name: string; help: boolean } | string {
  try {
    const { positionals, values } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h', default: false } },
    })
    const [name] = positionals
    if (values.help) return { name: '', help: true }
    return name === undefined || positionals.length > 1 ? usage : { name, help: false }
  } catch (error) {
    return `${(error as Error).message}\n\n${usage}`
  }
}

function nextSteps({ folder, driver }: DriverNames): string {
  return `Made ${folder}: the driver '${driver}', its tests and an experiment that uses it.

  cd ${folder}
  npm install-test
  npx squall run example/experiment.json --driver .
`
}

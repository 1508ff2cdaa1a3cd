import { parseArgs } from 'node:util'
import { isSquallError } from '@squall/contract'
import { type CreatedDriver, type CreateOptions, createDriver } from '../create-driver.ts'
import { NotCreated } from '../not-created.ts'

const usage = `Usage: npm create squall-driver NAME [-- --from-openapi FILE [--only WHAT]...]

Makes the package squall-driver-NAME in a folder of that name: a driver that builds and keeps every law.

  --from-openapi FILE  makes an activity of each operation of an OpenAPI document (3.0 or 3.1, JSON or YAML)
  --only WHAT          only these: an operationId, a tag, or a method and path such as "GET /pets"; may be repeated
  -h, --help           shows this
`

type Words = Omit<CreateOptions, 'directory'>

/** Runs the command line and resolves to its exit code: 0 made, 1 not made, 2 wrong usage. */
export async function main(words: readonly string[]): Promise<number> {
  const read = readWords(words)
  if (read === 'help') {
    process.stdout.write(usage)
    return 0
  }
  if (typeof read === 'string') {
    process.stderr.write(read)
    return 2
  }
  try {
    const made = await createDriver({ ...read, directory: process.cwd() })
    for (const notice of made.openApi?.notices ?? []) process.stderr.write(`${notice}\n`)
    process.stdout.write(nextSteps(made))
    return 0
  } catch (error) {
    process.stderr.write(refusal(error))
    return 1
  }
}

/** What is for the person who asked; throws again what is not. */
function refusal(error: unknown): string {
  if (error instanceof NotCreated) return `${error.message}\n`
  if (isSquallError(error)) return `${error.message}\n  next ${error.hint}\n  (${error.code})\n`
  throw error
}

function readWords(words: readonly string[]): Words | string {
  try {
    const { positionals, values } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        'from-openapi': { type: 'string' },
        only: { type: 'string', multiple: true, default: [] },
      },
    })
    const [name] = positionals
    const { help, only, 'from-openapi': file } = values
    if (help) return 'help'
    if (name === undefined || positionals.length > 1) return usage
    if (file === undefined)
      return only.length === 0 ? { name } : `--only goes with --from-openapi.\n\n${usage}`
    return { name, openApi: { file, only } }
  } catch (error) {
    return `${(error as Error).message}\n\n${usage}`
  }
}

function nextSteps({ folder, driver, openApi }: CreatedDriver): string {
  const run = 'npx squall run example/experiment.json --driver .'
  if (!openApi) {
    return `Made ${folder}: the driver '${driver}', its tests and an experiment that uses it.

  cd ${folder}
  npm install-test
  ${run}
`
  }
  const { activities, variables } = openApi
  const before = variables.map(({ name }) => `${name}=letmein `).join('')
  const count = activities === 1 ? '1 activity' : `${activities} activities`
  return `Made ${folder}: the driver '${driver}' with ${count}, its tests, a sample server and an experiment.

  cd ${folder}
  npm install-test
  node example/server.mjs &
  ${before}${run}
`
}

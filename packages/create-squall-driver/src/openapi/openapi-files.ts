import type { DriverNames } from '../driver-names.ts'
import { templateFiles } from '../template-files.ts'
import { activityFile } from './activity-file.ts'
import { checkDocument } from './check-document.ts'
import { Documents } from './documents.ts'
import { activityModule, indexFile, schemesFile, serversFile } from './driver-files.ts'
import { exampleVariables, experimentFile, type Variable } from './experiment-file.ts'
import { readApi } from './read-api.ts'
import { readmeFile } from './readme-file.ts'
import { routesFile, samplesFile } from './sample-files.ts'
import { SampleValues } from './sample-value.ts'
import { SchemaCode } from './schema-code.ts'
import { schemasFile } from './schemas-file.ts'

/** Which document, and which of its operations. */
export interface OpenApiSource {
  /** Relative to `directory`. */
  readonly file: string
  readonly directory: string
  /** operationIds, names of activities, tags or `METHOD /path`; none means all. */
  readonly only: readonly string[]
}

export interface OpenApiFiles {
  readonly files: Readonly<Record<string, string>>
  /** How many activities it has. */
  readonly activities: number
  /** What was left out, for the person who asked. */
  readonly notices: readonly string[]
  readonly variables: readonly Variable[]
}

/**
 * The files of a driver that calls the operations of an OpenAPI document. Throws `SQUALL_OPENAPI_UNREADABLE`,
 * `SQUALL_OPENAPI_SYNTAX`, `SQUALL_OPENAPI_INVALID` or `SQUALL_OPENAPI_EMPTY`, each with the place where it can be had.
 */
export async function openApiFiles(names: DriverNames, source: OpenApiSource): Promise<OpenApiFiles> {
  const documents = new Documents(source.file, source.directory)
  await checkDocument(documents.root)
  const api = readApi(documents, names.driver, source.only)
  const schemas = new SchemaCode(documents)
  const values = new SampleValues(documents)
  const activities = api.operations.map((operation) => [
    `src/${activityModule(operation.constant)}`,
    activityFile(operation, schemas),
  ])
  // Only now every schema that an activity uses is known.
  const named = schemasFile(schemas)
  const variables = exampleVariables(names, api)
  const shared = await templateFiles(names, ['template-openapi', 'template'])
  return {
    files: {
      ...shared,
      '.github/workflows/ci.yml': withServer(shared['.github/workflows/ci.yml'] ?? '', variables),
      'README.md': readmeFile(names, api, documents),
      'src/index.ts': indexFile(names, api),
      'src/servers.ts': serversFile(api),
      'src/schemes.ts': schemesFile(api),
      ...(named === undefined ? {} : { 'src/schemas.ts': named }),
      ...(Object.fromEntries(activities) as Record<string, string>),
      'test/samples.ts': samplesFile(api, values, documents),
      'example/routes.json': routesFile(api, values),
      'example/experiment.json': experimentFile(names, api, values),
    },
    activities: api.operations.length,
    notices: api.notices,
    variables,
  }
}

/** The experiment is played against the sample server. */
function withServer(workflow: string, variables: readonly Variable[]): string {
  const lines = variables.map(({ name }) => `          ${name}: letmein\n`)
  const env = lines.length === 0 ? '' : `        env:\n${lines.join('')}`
  return workflow.replace(
    / +- run: (npx squall run .*)\n/,
    (_, command: string) =>
      `      - run: |\n          node example/server.mjs &\n          ${command}\n${env}`,
  )
}

import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import type { AxiosResponse } from 'axios'
import yaml from 'js-yaml'
import { type Document, OpenAPIClientAxios } from 'openapi-client-axios'

const definition = yaml.load(readFileSync(new URL('../openapi.yaml', import.meta.url), 'utf8')) as Document

const ajv = new Ajv({ strict: false, validateFormats: false })
ajv.addSchema(definition as object, 'api')

export interface Answered {
  readonly status: number
  readonly data: unknown
}

/** Calls an operation by its name in the OpenAPI file. Every answer is held against the schema that the file has for it. */
export type Call = (
  operation: string,
  parameters?: Readonly<Record<string, unknown>>,
  body?: unknown,
) => Promise<Answered>

/** A client made from the OpenAPI file. */
export async function openApiClient(url: string): Promise<Call> {
  const api = new OpenAPIClientAxios({
    definition,
    withServer: { url },
    axiosConfigDefaults: { validateStatus: () => true, proxy: false },
  })
  const client = await api.init()
  const methods = client as unknown as Readonly<
    Record<string, (parameters: object, body: unknown) => Promise<AxiosResponse>>
  >
  return async (operation, parameters = {}, body) => {
    const method = methods[operation]
    if (!method) throw new Error(`The OpenAPI file has no operation ${operation}.`)
    const { status, data, headers } = await method(parameters, body)
    checkAnswer(api, operation, { status, data }, String(headers['content-type']))
    return { status, data }
  }
}

function checkAnswer(api: OpenAPIClientAxios, name: string, { status, data }: Answered, type: string): void {
  const operation = api.getOperation(name)
  const declared = operation?.responses as Readonly<Record<string, unknown>>
  const key = String(status) in declared ? String(status) : 'default'
  const response = declared[key] as { content?: Record<string, { schema?: object }> } | undefined
  if (!response) throw new Error(`${name} answered ${status}, which the OpenAPI file does not know.`)
  const schema = response.content?.['application/json']?.schema
  if (!schema) return
  if (!type.startsWith('application/json')) throw new Error(`${name} answered with ${type}.`)
  if (!ajv.validate(schema, data))
    throw new Error(`${name} answered ${JSON.stringify(data)}: ${ajv.errorsText()}`)
}

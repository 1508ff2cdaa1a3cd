import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { refusalOf } from './made.ts'

const head = "openapi: 3.0.3\ninfo: { title: t, version: '1' }\n"
const ok = "{ responses: { '200': { description: ok } } }"

it.each([
  { name: 'no file', text: '', code: 'UNREADABLE', says: ["'api.yaml'", 'there is no such file'] },
  { name: 'no YAML', text: `${head}paths: [`, code: 'SYNTAX', says: [/api\.yaml:3:\d+: /] },
  {
    name: 'an alias of nothing',
    text: `${head}paths: *nothing`,
    code: 'SYNTAX',
    says: ['api.yaml', 'nothing'],
  },
  {
    name: 'no object',
    text: 'hello',
    code: 'INVALID',
    says: ['api.yaml:1:1: An OpenAPI document is an object.'],
  },
  {
    name: 'Swagger 2',
    text: "\nswagger: '2.0'\n",
    code: 'INVALID',
    says: ['api.yaml:2:1: This is Swagger 2'],
    hint: 'Convert it',
  },
  {
    name: 'another version',
    text: 'info: {}\nopenapi: 4.0.0',
    code: 'INVALID',
    says: ['api.yaml:2:1: `openapi` is 4.0.0'],
  },
  {
    name: 'a field that is not there',
    text: `${head}paths:\n  /a:\n    get:\n      responses:\n        '200': {}\n`,
    code: 'INVALID',
    says: ["api.yaml:7:9: paths./a.get.responses.200 must have required property 'description'."],
  },
  {
    name: 'a field that nobody knows',
    text: `${head}paths:\n  /a:\n    get: ${ok}\n    gett: ${ok}\n`,
    code: 'INVALID',
    says: ["api.yaml:6:5: paths./a has no field 'gett'."],
  },
  {
    name: 'a reference to nothing',
    text: `${head}paths:\n  /a:\n    get:\n      parameters: [{ $ref: '#/components/parameters/Limt' }]\n      responses: { '200': { description: ok } }\ncomponents:\n  parameters:\n    Limit: { name: limit, in: query, schema: {} }\n`,
    code: 'INVALID',
    says: ["api.yaml:6:22: '#/components/parameters/Limt' leads nowhere: there is no 'Limt'."],
    hint: "Did you mean 'Limit'",
  },
  {
    name: 'a reference to no file',
    text: `${head}paths:\n  /a: { $ref: 'other.yaml' }\n`,
    code: 'INVALID',
    says: ["api.yaml:4:9: 'other.yaml' names a file that cannot be read."],
  },
  {
    name: 'a reference to the network',
    text: `${head}paths:\n  /a: { $ref: 'https://example.org/a.yaml' }\n`,
    code: 'INVALID',
    says: ['api.yaml:4:9:', 'is on the network'],
  },
  {
    name: 'a reference to itself',
    text: `${head}paths:\n  /a: { get: { parameters: [{ $ref: '#/components/parameters/A' }], responses: { '200': { description: ok } } } }\ncomponents: { parameters: { A: { $ref: '#/components/parameters/B' }, B: { $ref: '#/components/parameters/A' } } }\n`,
    code: 'INVALID',
    says: ['api.yaml:4:29: This reference leads back to itself.'],
  },
  {
    name: 'a scheme that is not declared',
    text: `${head}paths:\n  /a: { get: { security: [{ key: [] }], responses: { '200': { description: ok } } } }\n`,
    code: 'INVALID',
    says: ["api.yaml:4:29: There is no security scheme 'key'"],
  },
  { name: 'no operation', text: `${head}paths: {}\n`, code: 'EMPTY', says: ['it has none'] },
  {
    name: 'none that can be called',
    text: `${head}paths:\n  /a:\n    trace: ${ok}\n`,
    code: 'EMPTY',
    says: ['TRACE /a is left out: Node.js does not send TRACE.'],
  },
  {
    name: 'a choice of what is not there',
    text: `${head}paths:\n  /pets:\n    get: { operationId: listPets, responses: { '200': { description: ok } } }\n`,
    only: ['listPet'],
    code: 'EMPTY',
    says: ["nothing in it is called 'listPet'"],
    hint: "Did you mean 'listPets'",
  },
])('$name is told with its place, and nothing is written', async ({ text, code, says, hint, only }) => {
  const refusal = await refusalOf('api.yaml', text, ...(only ?? []))
  expect(refusal).toMatchObject({ code: `SQUALL_OPENAPI_${code}`, written: [] })
  for (const part of says) expect(refusal.message).toMatch(part)
  expect(refusal.hint).toMatch(hint ?? /\w/)
})

it('is told for JSON as well', async () => {
  const text = '{\n  "openapi": "3.1.0",\n  "info": { "title": "t" },\n  "paths": {}\n}'
  const { message } = await refusalOf('api.json', text)
  expect(message).toContain("api.json:3:3: info must have required property 'version'.")
})

it('is told by the command without a stack', async () => {
  const program = fileURLToPath(new URL('../bin/create-squall-driver.js', import.meta.url))
  const command = promisify(execFile)(process.execPath, [program, 'shop', '--from-openapi', 'no such.yaml'])
  const { code, stderr, stdout } = (await command.catch((error: unknown) => error)) as Record<string, unknown>
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toBe(`'no such.yaml' cannot be read: there is no such file.
  next Give \`--from-openapi\` the path of an OpenAPI document, as JSON or YAML.
  (SQUALL_OPENAPI_UNREADABLE)
`)
})

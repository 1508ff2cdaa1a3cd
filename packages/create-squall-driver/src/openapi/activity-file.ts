import { after, before, type Code, call, literal, object, print, quoted } from '../code/code.ts'
import { accepted } from './accepted-answers.ts'
import type { Operation } from './operation.ts'
import type { SchemaCode } from './schema-code.ts'

/** The module of an activity. */
export function activityFile(operation: Operation, schemas: SchemaCode): string {
  const { constant, kind, method, path } = operation
  const parts = [
    print(before('const operation: Operation = ', operationCode(operation))),
    print(before('const answers: Answers = ', answersCode(operation, schemas))),
    `/** \`${method} ${path.replaceAll('*/', '*\\/')}\`${opposite(operation)} */\n${print(
      before(
        `export const ${constant} = `,
        call(kind === 'probe' ? 'defineProbe' : 'defineAction', broken(activityCode(operation, schemas))),
      ),
    )}`,
  ]
  const text = parts.join('\n\n')
  return `${imports(operation, text, schemas)}\n${text}\n`
}

function opposite({ removedBy }: Operation): string {
  if (removedBy === undefined) return ''
  return `. \`${removedBy}\` looks like its opposite: see "What it touches" in the README.`
}

function imports({ kind }: Operation, text: string, schemas: SchemaCode): string {
  const used = schemas.definitions
    .map(({ name }) => name)
    .filter((name) => new RegExp(`\\b${name}\\b`).test(text))
  const lines = [
    `import { ${kind === 'probe' ? 'defineProbe' : 'defineAction'} } from '@squall/contract'`,
    `import { z } from 'zod'`,
    `import { type Answers, resultOf } from '../answers.ts'`,
    `import { call${kind === 'probe' ? '' : ', targetsOf'} } from '../call.ts'`,
    `import type { Operation } from '../operation.ts'`,
    ...(used.length === 0 ? [] : [print(importCode(used))]),
  ]
  return `${lines.join('\n')}\n`
}

function importCode(names: readonly string[]): Code {
  return { open: 'import {', parts: [...names].sort(), close: `} from '../schemas.ts'`, isObject: true }
}

function operationCode({ method, path, server, parameters, body, security }: Operation): Code {
  const written = parameters.map(({ argument, name, in: place, style, explode, json }) =>
    literal({
      argument,
      name,
      in: place,
      ...(style === undefined ? {} : { style }),
      ...(explode === undefined ? {} : { explode }),
      ...(json ? { json } : {}),
    }),
  )
  return broken(
    object([
      ['method', quoted(method)],
      ['path', quoted(path)],
      ['server', quoted(server)],
      [
        'parameters',
        written.length === 0 ? '[]' : { open: '[', parts: written, close: ']', isObject: false },
      ],
      ...(body ? ([['body', quoted(body.mediaType)]] as const) : []),
      ...(security.length === 0 ? [] : ([['security', literal(security)]] as const)),
    ]),
  )
}

function answersCode(operation: Operation, schemas: SchemaCode): Code {
  return object(
    accepted(operation).map(({ status, schema, mediaType }) => {
      if (operation.method === 'HEAD' || status === '204') return [status, 'z.null()']
      if (schema && schema.value !== undefined) return [status, schemas.code(schema)]
      return [status, mediaType === undefined || schema ? 'z.unknown()' : 'z.string().nullable()']
    }),
  )
}

function activityCode(operation: Operation, schemas: SchemaCode): Code {
  const { kind, summary, parameters, body, removedBy } = operation
  const fields = [...parameters, ...(body ? [body] : [])].map(
    ({ argument, required, schema, description }) => {
      const code = schema
        ? schemas.described(schema, description ?? schema.get('description').text)
        : 'z.unknown()'
      return [argument, required ? code : after(code, '.optional()')] as const
    },
  )
  const isUndone = removedBy === undefined ? '' : ` Roll it back with ${removedBy}.`
  const undo = `Not undone: an OpenAPI document does not say how.${isUndone}`
  return object([
    ['summary', quoted(summary)],
    ['args', call('z.strictObject', object(fields))],
    ['result', 'resultOf(answers)'],
    ...(kind === 'probe'
      ? []
      : ([
          ['undoSummary', quoted(undo)],
          ['targets', '(args, context) => targetsOf(operation, args, context)'],
        ] as const)),
    ['run', '(args, context) => call(operation, answers, args, context)'],
  ])
}

/** Always on several lines. */
function broken(code: Code): Code {
  return typeof code === 'string' ? code : { ...code, isBroken: true }
}

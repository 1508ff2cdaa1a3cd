import { describe, expect, it } from 'vitest'
import { madeOf } from './made.ts'

describe('a driver of a document', () => {
  it('has an activity for each operation, and says which it left out', async () => {
    await using made = await madeOf('pet-shop.yaml')
    expect(made.created.openApi).toEqual({
      activities: 6,
      notices: ['POST /photos is left out: its body is image/png, and JSON or text is needed.'],
      variables: [{ name: 'SHOP_TOKEN', secret: 'token' }],
    })
  })

  it('is written as a person would', async () => {
    await using made = await madeOf('pet-shop.yaml')
    expect(await made.read('src/activities/list-pets.ts')).toMatchInlineSnapshot(`
      "import { defineProbe } from '@squall/contract'
      import { z } from 'zod'
      import { type Answers, resultOf } from '../answers.ts'
      import { call } from '../call.ts'
      import type { Operation } from '../operation.ts'
      import { kindSchema, petSchema, problemSchema } from '../schemas.ts'

      const operation: Operation = {
        method: 'GET',
        path: '/pets',
        server: 'shop_url',
        parameters: [
          { argument: 'limit', name: 'limit', in: 'query' },
          { argument: 'kinds', name: 'kinds', in: 'query' },
        ],
      }

      const answers: Answers = { 200: z.array(petSchema), default: problemSchema }

      /** \`GET /pets\` */
      export const listPets = defineProbe({
        summary: 'Lists the pets of the shop.',
        args: z.strictObject({
          limit: z.int().min(1).max(100).meta({ description: 'How many at most.', default: 20 }).optional(),
          kinds: z.array(kindSchema).describe('Only these kinds.').optional(),
        }),
        result: resultOf(answers),
        run: (args, context) => call(operation, answers, args, context),
      })
      "
    `)
    expect(await made.read('src/activities/order.ts')).toMatchInlineSnapshot(`
      "import { defineAction } from '@squall/contract'
      import { z } from 'zod'
      import { type Answers, resultOf } from '../answers.ts'
      import { call, targetsOf } from '../call.ts'
      import type { Operation } from '../operation.ts'

      const operation: Operation = {
        method: 'POST',
        path: '/orders',
        server: 'shop_url',
        parameters: [{ argument: 'x_request_id', name: 'X-Request-ID', in: 'header' }],
        body: 'application/json',
        security: [['login'], ['shopKey']],
      }

      const answers: Answers = { 202: z.unknown() }

      /** \`POST /orders\` */
      export const order = defineAction({
        summary: 'Orders a pet. Deprecated.',
        args: z.strictObject({
          x_request_id: z.string().meta({ format: 'uuid' }),
          body: z.looseObject({ pet: z.int(), note: z.string().max(200).nullable().optional() }).optional(),
        }),
        result: resultOf(answers),
        undoSummary: 'Not undone: an OpenAPI document does not say how.',
        targets: (args, context) => targetsOf(operation, args, context),
        run: (args, context) => call(operation, answers, args, context),
      })
      "
    `)
    expect(await made.read('src/schemas.ts')).toMatchInlineSnapshot(`
      "import { z } from 'zod'

      export const kindSchema = z.enum(['dog', 'cat', 'parrot'])

      /** A pet that is not in the shop yet. */
      export const newPetSchema = z.looseObject({
        name: z.string().min(1),
        kind: kindSchema,
        born: z.string().nullable().meta({ description: 'When it was born.', format: 'date' }).optional(),
      })

      /** A pet in the shop. */
      export const petSchema = z.intersection(
        newPetSchema,
        z.looseObject({ id: z.int().meta({ format: 'int64' }).optional() }),
      )

      export const problemSchema = z.looseObject({ message: z.string(), code: z.int().optional() })
      "
    `)
  })

  it('copes with what documents hold', async () => {
    await using made = await madeOf('nasty.json')
    expect(await made.read('src/schemas.ts')).toMatchInlineSnapshot(`
      "import { z } from 'zod'

      export const forestSchema = z.looseObject({ trees: z.array(z.lazy(() => treeSchema)) })

      export const treeSchema: z.ZodType = z.object({
        name: z.string(),
        kind: z.literal('tree'),
        constructor: z.int().nullable().describe('An "odd" name.'),
        ['__proto__']: z.string().optional(),
        branches: z.array(z.lazy(() => treeSchema)).optional(),
        parent: z.union([z.lazy(() => treeSchema), z.null()]).optional(),
        forest: forestSchema.optional(),
      }).catchall(z.union([z.string(), z.number(), z.array(z.unknown()), z.record(z.string(), z.unknown())]).nullable())

      export const colorSchema = z.string().max(4)

      export const filterSchema = z.looseObject({
        color: colorSchema,
        size: z.string().meta({ format: 'byte' }).optional(),
      })

      export const classSchema = z.union([z.string(), z.int()])

      export const baseSchema = z.looseObject({
        id: z.string().meta({ format: 'uuid' }).optional(),
        secret: z.string().optional(),
      })

      export const everythingSchema = z.intersection(
        z.intersection(
          z.intersection(
            z.looseObject({
              free: z.unknown().optional(),
              never: z.never().optional(),
              map: z.record(z.string(), z.number()),
            }),
            baseSchema,
          ),
          z.looseObject({ id: z.string(), unknown: z.unknown() }),
        ),
        z.union([z.looseObject({ a: z.int().max(-3) }), z.looseObject({ b: z.tuple([z.string(), z.boolean()]) })]),
      )

      export const classSchema2 = z.literal([null, 1, 'one', true])
      "
    `)
    expect(await made.read('src/index.ts')).toMatchInlineSnapshot(`
      "import { type Driver, defineDriver } from '@squall/contract'
      import { classSchemaActivity } from './activities/class-schema-activity.ts'
      import { conActivity } from './activities/con-activity.ts'
      import { delete2 } from './activities/delete2.ts'
      import { deleteActivity } from './activities/delete-activity.ts'
      import { grosseMessen } from './activities/grosse-messen.ts'
      import { optionsGrosse2nd } from './activities/options-grosse2nd.ts'
      import { part } from './activities/part.ts'
      import { patchTrees } from './activities/patch-trees.ts'
      import { putTrees } from './activities/put-trees.ts'
      import { treeGet } from './activities/tree-get.ts'

      const driver: Driver = defineDriver({
        name: 'shop',
        contract: 1,
        summary: 'Calls the API Nasty "things" \`and\` \${more} */ \\'quotes\\' 0.',
        activities: {
          delete: deleteActivity,
          delete_2: delete2,
          tree_get: treeGet,
          put_trees: putTrees,
          patch_trees: patchTrees,
          grosse_messen: grosseMessen,
          options_grosse_2nd: optionsGrosse2nd,
          con: conActivity,
          class_schema: classSchemaActivity,
          part,
        },
      })

      export default driver
      "
    `)
  })

  it('has only the operations that were asked for, and what they use', async () => {
    await using made = await madeOf('pet-shop.yaml', 'orders', 'GET /pets/{petId}', 'remove_pet')
    const index = await made.read('src/index.ts')
    expect(index.match(/^ {2}activities: .*$/m)?.[0]).toBe(
      '  activities: { get_pet: getPet, remove_pet: removePet, order },',
    )
    expect(await made.read('src/schemas.ts')).toContain('kindSchema')
    await using orders = await madeOf('pet-shop.yaml', 'orders')
    await expect(orders.read('src/schemas.ts')).rejects.toThrow('ENOENT')
  })

  it('says in its README what each activity takes', async () => {
    await using made = await madeOf('pet-shop.yaml')
    const readme = await made.read('README.md')
    expect(readme).toMatch(
      /\| `order` +\| action \| Orders a pet\. Deprecated\. +\| `x_request_id` string, `body` object \(optional\) +\| `POST \/orders` +\|/,
    )
    const headings = [...readme.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)
    expect(headings).toEqual([
      'Install',
      'Try it',
      'Activities',
      'What it touches and how it undoes it',
      'Platforms',
      'Errors',
      'Limits',
    ])
    expect(readme).not.toMatch(/\n\n\n|undefined|\[object/)
  })

  it('starts the sample server in its CI', async () => {
    await using made = await madeOf('pet-shop.yaml')
    expect(await made.read('.github/workflows/ci.yml')).toContain(`      - run: |
          node example/server.mjs &
          npx squall run example/experiment.json --driver .
        env:
          SHOP_TOKEN: letmein
`)
  })
})

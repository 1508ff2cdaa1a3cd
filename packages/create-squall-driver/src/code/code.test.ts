import { describe, expect, it } from 'vitest'
import { after, call, literal, object, print, propertyName, quoted } from './code.ts'

describe('code', () => {
  it('stands on one line where it fits', () => {
    expect(print(call('z.looseObject', object([['name', 'z.string()']])))).toBe(
      'z.looseObject({ name: z.string() })',
    )
  })

  it('stands on a line for each part where it does not', () => {
    const long = 'z.string()'.padEnd(60, '.')
    const code = after(
      call(
        'z.object',
        object([
          ['a', long],
          ['b', call('z.array', object([['c', long]]))],
        ]),
      ),
      '.optional()',
    )
    expect(print(code, 2)).toBe(`z.object({
    a: ${long},
    b: z.array({ c: ${long} }),
  }).optional()`)
  })

  it.each([{ a: [1, null, { 'odd key': "it's" }] }, ['\u2028', '\\', '"', "'\n"], { ['__proto__']: 1 }])(
    'means the value that it was made of: %j',
    (value) => {
      expect(new Function(`return ${print(literal(value))}`)()).toEqual(value)
    },
  )

  it('quotes a text as a person would', () => {
    expect([quoted('a'), quoted("it's"), quoted('"x"'), quoted(`'"`)]).toEqual([
      `'a'`,
      `"it's"`,
      `'"x"'`,
      `'\\'"'`,
    ])
    expect(['name', '200', '4XX', 'a-b'].map(propertyName)).toEqual(['name', '200', "'4XX'", "'a-b'"])
  })
})

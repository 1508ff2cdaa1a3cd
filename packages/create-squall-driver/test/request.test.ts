import { describe, expect, it } from 'vitest'
import type { Operation, Parameter } from '../template-openapi/src/operation.ts'
import { writeParameters } from '../template-openapi/src/parameters.ts'

const list = ['blue', 'black', 'brown']
const rgb = { R: 100, G: 200, B: 150 }

/** The table of styles in the OpenAPI specification 3.1.0, section "Style Examples". */
describe('a parameter', () => {
  it.each([
    {
      in: 'path',
      style: 'matrix',
      explode: false,
      text: ';color=blue',
      list: ';color=blue,black,brown',
      object: ';color=R,100,G,200,B,150',
    },
    {
      in: 'path',
      style: 'matrix',
      explode: true,
      text: ';color=blue',
      list: ';color=blue;color=black;color=brown',
      object: ';R=100;G=200;B=150',
    },
    {
      in: 'path',
      style: 'label',
      explode: false,
      text: '.blue',
      list: '.blue,black,brown',
      object: '.R,100,G,200,B,150',
    },
    {
      in: 'path',
      style: 'label',
      explode: true,
      text: '.blue',
      list: '.blue.black.brown',
      object: '.R=100.G=200.B=150',
    },
    {
      in: 'path',
      style: 'simple',
      explode: false,
      text: 'blue',
      list: 'blue,black,brown',
      object: 'R,100,G,200,B,150',
    },
    {
      in: 'path',
      style: 'simple',
      explode: true,
      text: 'blue',
      list: 'blue,black,brown',
      object: 'R=100,G=200,B=150',
    },
    {
      in: 'query',
      style: 'form',
      explode: false,
      text: 'color=blue',
      list: 'color=blue,black,brown',
      object: 'color=R,100,G,200,B,150',
    },
    {
      in: 'query',
      style: 'form',
      explode: true,
      text: 'color=blue',
      list: 'color=blue&color=black&color=brown',
      object: 'R=100&G=200&B=150',
    },
    {
      in: 'query',
      style: 'spaceDelimited',
      explode: false,
      list: 'color=blue%20black%20brown',
      object: 'color=R%20100%20G%20200%20B%20150',
    },
    {
      in: 'query',
      style: 'pipeDelimited',
      explode: false,
      list: 'color=blue%7Cblack%7Cbrown',
      object: 'color=R%7C100%7CG%7C200%7CB%7C150',
    },
    {
      in: 'query',
      style: 'deepObject',
      explode: true,
      object: 'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150',
    },
    {
      in: 'header',
      style: 'simple',
      explode: false,
      text: 'blue',
      list: 'blue,black,brown',
      object: 'R,100,G,200,B,150',
    },
    { in: 'cookie', style: 'form', explode: true, text: 'color=blue' },
  ])('in $in, $style, explode $explode', ({ in: place, style, explode, ...wanted }) => {
    const parameter = { in: place as Parameter['in'], style, explode }
    if (wanted.text !== undefined) expect(written(parameter, 'blue')).toBe(wanted.text)
    if (wanted.list !== undefined) expect(written(parameter, list)).toBe(wanted.list)
    if (wanted.object !== undefined) expect(written(parameter, rgb)).toBe(wanted.object)
  })

  it('has the usual style of its place', () => {
    expect(written({ in: 'path' }, list)).toBe('blue,black,brown')
    expect(written({ in: 'query' }, list)).toBe('color=blue&color=black&color=brown')
    expect(written({ in: 'query', json: true }, rgb)).toBe(
      'color=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D',
    )
    expect(written({ in: 'path' }, 'a/b ?')).toBe('a%2Fb%20%3F')
  })

  it.each(['', '.', '..'])('that would lead to another address is refused: %j', (value) => {
    expect(() => written({ in: 'path' }, value)).toThrow('leads to another address')
  })

  it('that was not given is not sent', () => {
    const parameter = { argument: 'constructor', name: 'constructor', in: 'query' } as const
    expect(writeParameters(operation('/', parameter), {}).query).toEqual([])
  })
})

function written(parameter: Omit<Parameter, 'argument' | 'name'>, value: unknown): string {
  const full = { argument: 'color', name: 'color', ...parameter }
  const { path, query, headers, cookies } = writeParameters(operation('/{color}', full), { color: value })
  const of = {
    path: path.slice(1),
    query: query.join('&'),
    header: headers['color'] ?? '',
    cookie: cookies.join('; '),
  }
  return of[parameter.in]
}

function operation(path: string, parameter: Parameter): Operation {
  return { method: 'GET', path, server: 'url', parameters: [parameter] }
}

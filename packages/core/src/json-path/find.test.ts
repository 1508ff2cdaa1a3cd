import type { JsonValue } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { findAll } from './find.ts'
import { parseJsonPath } from './parse.ts'

const shop: JsonValue = {
  book: [
    { title: 'A', price: 8, tags: ['x', 'y'] },
    { title: 'B', price: 12 },
    { title: 'C', price: 22, sold: true },
  ],
  bicycle: { color: 'red', price: 20 },
  'k-x': 1,
  name: 'äpfel😀',
  wanted: 1,
  key: 'bicycle',
  nothing: null,
}

interface Row {
  readonly path: string
  readonly found: JsonValue[]
}

function check({ path, found }: Row): void {
  expect(findAll(parseJsonPath(path), shop)).toEqual(found)
}

describe('names and roots', () => {
  it.each<Row>([
    { path: '$', found: [shop] },
    { path: '$.wanted', found: [1] },
    { path: '$.bicycle.color', found: ['red'] },
    { path: '$["k-x"]', found: [1] },
    { path: '$["bicycle"]["color"]', found: ['red'] },
    { path: '$["\\u006bey"]', found: ['bicycle'] },
    { path: '$.nothing', found: [null] },
    { path: '$.missing', found: [] },
    { path: '$.missing.deeper', found: [] },
    { path: '$.constructor', found: [] },
    { path: '$.wanted.x', found: [] },
    { path: ' $.wanted ', found: [1] },
  ])('$path', check)
})

describe('wildcards and descent', () => {
  it.each<Row>([
    { path: '$.bicycle.*', found: ['red', 20] },
    { path: '$.bicycle[*]', found: ['red', 20] },
    { path: '$.book[*].title', found: ['A', 'B', 'C'] },
    { path: '$..price', found: [8, 12, 22, 20] },
    { path: '$..book[0].title', found: ['A'] },
    { path: '$..[0].title', found: ['A'] },
    { path: '$.book[0]..*', found: ['A', 8, ['x', 'y'], 'x', 'y'] },
    { path: '$.name[*]', found: [] },
  ])('$path', check)

  it('visits a node before its children, depth first', () => {
    const tree = { a: { v: 1, b: { v: 2 } }, v: 3 }
    expect(findAll(parseJsonPath('$..v'), tree)).toEqual([3, 1, 2])
  })
})

describe('indexes, unions and slices', () => {
  it.each<Row>([
    { path: '$.book[0].title', found: ['A'] },
    { path: '$.book[-1].title', found: ['C'] },
    { path: '$.book[9]', found: [] },
    { path: '$.book[-9]', found: [] },
    { path: '$.book[0,2].title', found: ['A', 'C'] },
    { path: '$.book[2,0].title', found: ['C', 'A'] },
    { path: '$.bicycle["price","color"]', found: [20, 'red'] },
    { path: '$.book[0:2].title', found: ['A', 'B'] },
    { path: '$.book[1:].title', found: ['B', 'C'] },
    { path: '$.book[:1].title', found: ['A'] },
    { path: '$.book[:].title', found: ['A', 'B', 'C'] },
    { path: '$.book[-2:].title', found: ['B', 'C'] },
    { path: '$.book[::2].title', found: ['A', 'C'] },
    { path: '$.book[1::2].title', found: ['B'] },
    { path: '$.book[::-1]', found: [] },
    { path: '$.name[0]', found: [] },
    { path: '$.bicycle[0]', found: [] },
  ])('$path', check)
})

describe('filters test the node they stand on', () => {
  it.each<Row>([
    { path: '$.book[*][?(@.price > 10)].title', found: ['B', 'C'] },
    { path: '$.book[?(@.price > 10)]', found: [] },
    { path: '$.bicycle[?(@.price > 10)].color', found: ['red'] },
    { path: '$..[?(@.price = 8)].title', found: ['A'] },
    { path: '$.book[*][?(@.price != 12)].title', found: ['A', 'C'] },
    { path: '$.book[*][?(@.price < 12)].title', found: ['A'] },
    { path: '$.book[*][?(@.price <= 12)].title', found: ['A', 'B'] },
    { path: '$.book[*][?(@.price >= 22)].title', found: ['C'] },
    { path: '$.book[*][?(@.title < "B")].title', found: [] },
    { path: '$.book[*][?(@.title = "B")].title', found: ['B'] },
    { path: '$.book[*][?(12 = @.price)].title', found: ['B'] },
    { path: '$.book[*][?(@.sold = 1)].title', found: ['C'] },
    { path: '$.book[*][?(@.price = $.bicycle.price)].title', found: [] },
    { path: '$.book[*][?(@.price > $.bicycle.price)].title', found: ['C'] },
    { path: '$.book[*][?(@.tags = ["x", "y"])].title', found: ['A'] },
    { path: '$.bicycle[?(@ = {"color": "red", "price": 20})].price', found: [20] },
    { path: '$[?(@.nothing = null)].wanted', found: [1] },
    { path: '$.book[*][?(@.price = -8.0e0)].title', found: [] },
  ])('$path', check)
})

describe('existence, truth and contains', () => {
  it.each<Row>([
    { path: '$.book[*][?(@.sold)].title', found: ['C'] },
    { path: '$[?(@.nothing)].wanted', found: [1] },
    { path: '$.book[*][?(not @.sold)].title', found: ['A', 'B'] },
    { path: '$.book[*][?(true)].title', found: ['A', 'B', 'C'] },
    { path: '$.book[*][?(0)].title', found: [] },
    { path: '$.book[*][?(@.tags contains "x")].title', found: ['A'] },
    { path: '$.book[*][?(@.tags contains "z")].title', found: [] },
    { path: '$[?(@.name contains "pfel")].wanted', found: [1] },
    { path: '$[?(@.name contains 1)].wanted', found: [] },
    { path: '$[?(@.bicycle contains "color")].wanted', found: [] },
    { path: '$[?(@.book[*].price = 22)].wanted', found: [1] },
    { path: '$[?(@.book[*].price != 22)].wanted', found: [1] },
    { path: '$[?(@.missing = @.missing)].wanted', found: [] },
  ])('$path', check)
})

describe('and, or, not and parentheses', () => {
  it.each<Row>([
    { path: '$.book[*][?(@.price > 10 and @.sold)].title', found: ['C'] },
    { path: '$.book[*][?(@.price < 10 or @.sold)].title', found: ['A', 'C'] },
    // `or` binds tighter: (A or B) and C, where other languages read A or (B and C).
    { path: '$.book[*][?(@.price < 10 or @.sold and @.price > 10)].title', found: ['C'] },
    { path: '$.book[*][?(@.price > 10 and @.price < 10 or @.sold)].title', found: ['C'] },
    { path: '$.book[*][?((@.price < 10) or (@.sold and @.price > 10))].title', found: ['A', 'C'] },
    { path: '$.book[*][?(not (@.price < 10 or @.sold))].title', found: ['B'] },
    { path: '$.book[*][?(not not @.sold)].title', found: ['C'] },
    { path: '$.book[*][?(  @.price>10  and  @.price<20  )].title', found: ['B'] },
  ])('$path', check)
})

describe('functions', () => {
  it.each<Row>([
    { path: '$.book.length()', found: [3] },
    { path: '$.book[length()]', found: [3] },
    { path: '$.bicycle.length()', found: [2] },
    { path: '$.name.length()', found: [6] },
    { path: '$.wanted.length()', found: [] },
    { path: '$.bicycle.keys()', found: [['color', 'price']] },
    { path: '$.bicycle.values()', found: [['red', 20]] },
    {
      path: '$.bicycle.entries()',
      found: [
        [
          ['color', 'red'],
          ['price', 20],
        ],
      ],
    },
    { path: '$.book.keys()', found: [] },
    { path: '$.name.charAt(0)', found: ['ä'] },
    { path: '$.name.charAt(5)', found: ['😀'] },
    { path: '$.name.charAt(9)', found: [] },
    { path: '$.name.charAt($.wanted)', found: ['p'] },
    { path: '$.name.substring(1)', found: ['pfel😀'] },
    { path: '$.name.substring(1, 3)', found: ['pf'] },
    { path: '$.name.substring()', found: [] },
    { path: '$.book[*][?(@.title.length() = 1)].title', found: ['A', 'B', 'C'] },
  ])('$path', check)

  it('a key may be called like a function', () => {
    expect(findAll(parseJsonPath('$.length'), { length: 5 })).toEqual([5])
  })
})

describe('nested paths are keys', () => {
  it.each<Row>([
    { path: '$[$.key].color', found: ['red'] },
    { path: '$[@.key].price', found: [20] },
    { path: '$.book[$.wanted].title', found: ['B'] },
    { path: '$.book[$.key]', found: [] },
    { path: '$[$.wanted]', found: [] },
    { path: '$[$.missing]', found: [] },
    { path: '$[$.nothing]', found: [] },
  ])('$path', check)
})

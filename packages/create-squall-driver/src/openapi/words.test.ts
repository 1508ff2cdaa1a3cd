import { describe, expect, it } from 'vitest'
import { camelCase, constantOf, Names, snakeCase } from './words.ts'

describe('a name in snake_case', () => {
  it.each([
    ['listPets', 'list_pets'],
    ['List pets', 'list_pets'],
    ['pets.list-all', 'pets_list_all'],
    ['getHTTPStatus', 'get_http_status'],
    ['X-Request-ID', 'x_request_id'],
    ['größe messen', 'grosse_messen'],
    ['2nd', 'lead_2nd'],
    ['получить', 'lead'],
    ['', 'lead'],
  ])('of %j is %s', (name, wanted) => {
    expect(snakeCase(name, 'lead')).toBe(wanted)
  })

  it('becomes one in camelCase', () => {
    expect(camelCase('list_2_pets')).toBe('list2Pets')
  })
})

describe('the constant of an activity', () => {
  it.each([
    ['list_pets', 'listPets'],
    ['delete', 'deleteActivity'],
    ['aux', 'auxActivity'],
    ['pet_schema', 'petSchemaActivity'],
    ['call', 'call2'],
  ])('%s is %s', (activity, constant) => {
    expect(constantOf(activity, new Names(['call']))).toBe(constant)
  })

  it('gets a number when another has its name', () => {
    const names = new Names()
    expect(['a_b', 'a_b', 'a_b'].map((activity) => constantOf(activity, names))).toEqual(['aB', 'aB2', 'aB3'])
  })
})

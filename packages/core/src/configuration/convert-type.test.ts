import { type JsonValue, plainValue, pythonText } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { convertType } from './convert-type.ts'

describe('convertType (spec 3.1)', () => {
  it.each<{ type: string | undefined; value: JsonValue; becomes: JsonValue }>([
    { type: undefined, value: '7', becomes: '7' },
    { type: 'str', value: '7', becomes: '7' },
    { type: 'string', value: '', becomes: '' },
    { type: 'bytes', value: 'é', becomes: 'é' },
    { type: 'int', value: '42', becomes: 42 },
    { type: 'integer', value: ' -7 ', becomes: -7 },
    { type: 'int', value: '+7', becomes: 7 },
    { type: 'int', value: '1_000', becomes: 1000 },
    { type: 'int', value: 3.9, becomes: 3 },
    { type: 'int', value: true, becomes: 1 },
    { type: 'float', value: '1.5', becomes: 1.5 },
    { type: 'number', value: '-2', becomes: -2 },
    { type: 'float', value: ' 1e3\n', becomes: 1000 },
    { type: 'float', value: '.5', becomes: 0.5 },
    { type: 'float', value: '5.', becomes: 5 },
    { type: 'float', value: '1_0.2_5', becomes: 10.25 },
    { type: 'float', value: false, becomes: 0 },
    { type: 'bool', value: 'false', becomes: false },
    { type: 'bool', value: 'FALSE', becomes: false },
    { type: 'bool', value: '0', becomes: false },
    { type: 'bool', value: 'no', becomes: false },
    { type: 'bool', value: 'off', becomes: true },
    { type: 'bool', value: 'yes', becomes: true },
    { type: 'bool', value: '', becomes: true },
    { type: 'bool', value: false, becomes: false },
    { type: 'json', value: '{"a": [1]}', becomes: { a: [1] } },
    { type: 'json', value: '', becomes: '' },
    { type: 'json', value: null, becomes: null },
  ])('$type: $value becomes $becomes', ({ type, value, becomes }) => {
    expect(plainValue(convertType('key', value, type))).toEqual(becomes)
  })

  it.each([
    { type: 'float', value: '2', text: '2.0' },
    { type: 'number', value: 'nan', text: 'nan' },
    { type: 'float', value: '-Infinity', text: '-inf' },
    { type: 'float', value: '1e400', text: 'inf' },
    { type: 'int', value: '+12345678901234567890', text: '12345678901234567890' },
    { type: 'json', value: '[1.0, 1e16]', text: '[1.0, 1e+16]' },
  ])('$type: $value is written $text', ({ type, value, text }) => {
    expect(pythonText(convertType('key', value, type))).toBe(text)
  })

  it.each<{ type: string; value: JsonValue; message: string }>([
    { type: 'int', value: '1.5', message: "'key' should be int, but its value is '1.5'." },
    { type: 'int', value: '', message: "'key' should be int, but its value is ''." },
    { type: 'int', value: [1], message: "'key' should be int, but its value is '[1]'." },
    { type: 'float', value: 'ten', message: "'key' should be float, but its value is 'ten'." },
    { type: 'float', value: '0x10', message: "'key' should be float, but its value is '0x10'." },
    { type: 'json', value: '{a}', message: "'key' should be json, but its value is '{a}'." },
    {
      type: 'decimal',
      value: '1',
      message:
        "'key' should be one of str, int, float, bytes, bool, json (not 'decimal'), but its value is '1'.",
    },
  ])('$type: $value is refused', ({ type, value, message }) => {
    expect(() => convertType('key', value, type)).toThrow(
      expect.objectContaining({ code: 'SQUALL_CONFIGURATION_TYPE', message }),
    )
  })
})

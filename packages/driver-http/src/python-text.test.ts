import { expect, it } from 'vitest'
import { pythonText } from './python-text.ts'

it.each([
  ['text', 'text'],
  [true, 'True'],
  [false, 'False'],
  [null, 'None'],
  [3, '3'],
  [1.5, '1.5'],
  [1e-7, '1e-07'],
  [-0.00001, '-1e-05'],
  [0.0001, '0.0001'],
  [0, '0'],
  [1.5e21, '1.5e+21'],
  [[1, 'a', null, [true]], "[1, 'a', None, [True]]"],
  [{ k: 'v', n: 1 }, "{'k': 'v', 'n': 1}"],
  [["it's"], '["it\'s"]'],
  [['"it\'s"'], "['\"it\\'s\"']"],
  [['a\n\t\\b'], "['a\\n\\t\\\\b']"],
  [['\u0000\u200b\u{e0001}'], "['\\x00\\u200b\\U000e0001']"],
  [['é日'], "['é日']"],
])('%j is written %s', (value, text) => {
  expect(pythonText(value)).toBe(text)
})

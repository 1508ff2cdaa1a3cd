import { describe, expect, it } from 'vitest'
import { pythonRegex } from './python-regex.ts'

// Every expectation is what `re.search(pattern, text)` answers in Python 3.11.
describe('pythonRegex (spec 29.5)', () => {
  it.each([
    { name: 'searches anywhere', pattern: 'b', text: 'abc', found: true },
    { name: 'is case-sensitive', pattern: 'B', text: 'abc', found: false },
    { name: 'an empty pattern matches', pattern: '', text: '', found: true },
    { name: 'names groups (?P<n>)', pattern: '(?P<n>a)b', text: 'ab', found: true },
    { name: 'refers to a named group (?P=n)', pattern: '(?P<n>[ab])(?P=n)', text: 'abb', found: true },
    { name: 'refers to a group by number', pattern: '([ab])\\1', text: 'ab', found: false },
    { name: 'takes inline flags: i', pattern: '(?i)HELLO', text: 'hello', found: true },
    { name: 'takes inline flags: m', pattern: '(?m)^b$', text: 'a\nb\nc', found: true },
    { name: 'takes inline flags: s', pattern: '(?s)a.b', text: 'a\nb', found: true },
    { name: 'takes inline flags: x', pattern: '(?x) a  b # words', text: 'ab', found: true },
    { name: 'with x an escaped space counts', pattern: '(?x)a\\ b', text: 'a b', found: true },
    { name: 'with x a space in a class counts', pattern: '(?x)a[ ]b', text: 'a b', found: true },
    { name: 'takes several flags', pattern: '(?im)^B$', text: 'a\nb', found: true },
    { name: '\\A is the very start', pattern: '(?m)\\Ab', text: 'a\nb', found: false },
    { name: '\\Z is the very end', pattern: 'a\\Z', text: 'a\n', found: false },
    { name: '$ also stands before a last newline', pattern: 'a$', text: 'a\n', found: true },
    { name: '$ stands before no other newline', pattern: 'a$', text: 'a\nb', found: false },
    { name: 'a dot is no newline', pattern: 'a.b', text: 'a\nb', found: false },
    { name: 'a dot is a carriage return', pattern: 'a.b', text: 'a\rb', found: true },
    { name: '\\w knows all letters', pattern: '^\\w+$', text: 'été_1', found: true },
    { name: '\\W knows them too', pattern: '\\W', text: 'été', found: false },
    { name: '\\W inside a class', pattern: '[\\W]', text: 'é', found: false },
    { name: '\\W inside a class finds the rest', pattern: '^[\\W]$', text: '-', found: true },
    { name: 'a class without \\W', pattern: '^[^\\W]$', text: 'é', found: true },
    { name: '\\d knows all digits', pattern: '^\\d$', text: '٣', found: true },
    { name: '\\D knows them too', pattern: '\\D', text: '٣', found: false },
    { name: '\\b knows all letters', pattern: '\\bt', text: 'ét', found: false },
    { name: '\\B between letters', pattern: 'é\\Bt', text: 'ét', found: true },
    { name: '\\B does not match nothing', pattern: '\\B', text: '', found: false },
    { name: 'flag a: only ASCII', pattern: '(?a)\\w', text: 'é', found: false },
    { name: 'flag a: digits still count', pattern: '(?a)[\\d]\\s', text: '1 ', found: true },
    { name: 'a bracket first in a class is a literal', pattern: '[]a]', text: ']', found: true },
    { name: 'also in a negated one', pattern: '[^]a]', text: ']', found: false },
    { name: 'an open bracket in a class is a literal', pattern: '[[]', text: '[', found: true },
    { name: 'a dash escaped in a class', pattern: '^[a\\-c]$', text: 'b', found: false },
    { name: 'a lone brace is a literal', pattern: 'a{x}', text: 'a{x}', found: true },
    { name: 'a brace with a quantifier behind it', pattern: '}+$', text: '}}', found: true },
    { name: '{,n} begins at 0', pattern: '^a{,2}$', text: '', found: true },
    { name: 'comments are nothing', pattern: 'a(?#to b)b', text: 'ab', found: true },
    { name: 'needless escapes are nothing', pattern: '\\"\\-\\#\\ ', text: '"-# ', found: true },
    { name: 'eight-digit escapes', pattern: '\\U0001F600', text: '😀', found: true },
    { name: 'a bell', pattern: '\\a', text: '\u0007', found: true },
    { name: 'looks ahead', pattern: 'a(?!b)', text: 'ab', found: false },
    { name: 'looks behind', pattern: '(?<=a)b', text: 'ab', found: true },
    { name: 'a character of two halves is one', pattern: '^.$', text: '😀', found: true },
  ])('$name', ({ pattern, text, found }) => {
    expect(pythonRegex(pattern).test(text)).toBe(found)
  })

  it.each([
    { name: 'an open group', pattern: '(a' },
    { name: 'an open class', pattern: '[a' },
    { name: 'nothing to repeat', pattern: '*a' },
    { name: 'an escape that means nothing', pattern: '\\z' },
    { name: 'a group that was never named', pattern: '(?P=n)' },
    // Python 3.11 knows them, JavaScript does not: a clear refusal is better than another meaning.
    { name: 'a possessive quantifier', pattern: 'a++' },
  ])('refuses $name', ({ pattern }) => {
    expect(() => pythonRegex(pattern)).toThrow(SyntaxError)
  })

  it('says why in words that do not show its translation', () => {
    expect(() => pythonRegex('\\w(?P<n>a')).toThrow(/^[a-z ]+$/)
  })
})

describe('what Python reads otherwise than JavaScript', () => {
  it.each([
    { pattern: '(?m)^b', text: 'a\u2028b', met: false },
    { pattern: '(?m)^b', text: 'a\nb', met: true },
    { pattern: '(?m)a$', text: 'a\r', met: false },
    { pattern: 'a{,}b', text: 'b', met: true },
    { pattern: '\\101', text: 'A', met: true },
  ])('$pattern', ({ pattern, text, met }) => {
    expect(pythonRegex(pattern).test(text)).toBe(met)
  })

  it.each(['(?<n>a)', '(?L)a'])('%s is refused', (pattern) => {
    expect(() => pythonRegex(pattern)).toThrow(SyntaxError)
  })
})

import { expect, it } from 'vitest'
import { netrcEntry } from './netrc.ts'

const file = `# machine commented login no password no
machine one.example login me password "p w\\"#1"
machine two.example
  login you
  account acc
  password pw#2
macdef init
machine inside.example login no password no

machine three.example account only password p3
`

it.each([
  ['one.example', { user: 'me', password: 'p w"#1' }],
  ['two.example', { user: 'you', password: 'pw#2' }],
  ['three.example', { user: 'only', password: 'p3' }],
  ['commented', undefined],
  ['inside.example', undefined],
  ['other.example', undefined],
])('%s has %j', (host, entry) => {
  expect(netrcEntry(file, host)).toEqual(entry)
})

it('falls back to the default entry', () => {
  expect(netrcEntry(`${file}\ndefault login any password pd`, 'other.example')).toEqual({
    user: 'any',
    password: 'pd',
  })
})

it.each(['', 'machine', 'login x', 'machine h'])('makes nothing of %j', (text) => {
  expect(netrcEntry(text, 'h')).toBeUndefined()
})

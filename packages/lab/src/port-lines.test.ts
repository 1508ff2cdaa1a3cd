import { expect, it } from 'vitest'
import { withoutPort, withPort } from './port-lines.ts'

it.each([
  { name: 'into an empty file', text: '', port: 8080, after: '8080\n' },
  { name: 'in numeric order', text: '8080\n8082\n', port: 8081, after: '8080\n8081\n8082\n' },
  { name: 'only once', text: '8080\n', port: 8080, after: '8080\n' },
  { name: 'after a last line without its end', text: '8080', port: 8081, after: '8080\n8081\n' },
  { name: 'into a file with Windows line ends', text: '8080\r\n', port: 8081, after: '8080\n8081\n' },
])('adds a port $name', ({ text, port, after }) => {
  expect(withPort(text, port)).toBe(after)
})

it.each([
  { name: 'a listed port', text: '8080\n8081\n', port: 8080, after: '8081\n' },
  { name: 'the last port', text: '8080\n', port: 8080, after: '' },
  { name: 'nothing when it is not listed', text: '8081\n', port: 8080, after: '8081\n' },
  { name: 'no port that only begins alike', text: '8080\n80\n', port: 80, after: '8080\n' },
])('removes $name', ({ text, port, after }) => {
  expect(withoutPort(text, port)).toBe(after)
})

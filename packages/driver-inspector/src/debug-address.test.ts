import { describe, expect, it } from 'vitest'
import { debugAddressOf, isLoopback } from './debug-address.ts'

const usual = { host: '127.0.0.1', port: 9229, fromStart: false }

describe('the address of the inspector', () => {
  it.each([
    { name: 'nothing said', line: 'a.js', address: {} },
    { name: 'the command line', line: '--inspect-port=9300 a.js', address: { port: 9300 } },
    { name: 'a word of its own', line: '--inspect-port 9304 a.js', address: { port: 9304 } },
    { name: 'from the start', line: '--inspect a.js', address: { fromStart: true } },
    { name: 'from the start, a port', line: '--inspect=9303', address: { port: 9303, fromStart: true } },
    { name: 'any port', line: '--inspect-brk=0 a.js', address: { port: 0, fromStart: true } },
    { name: 'a host before it', line: '--inspect-port=0.0.0.0:93', address: { host: '0.0.0.0', port: 93 } },
    { name: 'a host only', line: '--inspect=box a.js', address: { host: 'box', fromStart: true } },
    { name: 'a name for it', line: '--inspect-port=localhost:94 a.js', address: { port: 94 } },
    { name: 'IPv6', line: '--inspect-port=[::1]:9305', address: { host: '::1', port: 9305 } },
    {
      name: 'NODE_OPTIONS',
      options: '--no-warnings --inspect-port=9302',
      line: 'a',
      address: { port: 9302 },
    },
    { name: 'both', options: '--inspect-port=2', line: '--inspect-port=1 a.js', address: { port: 1 } },
    { name: 'twice', line: '--inspect-port=1 --inspect-port=3 a.js', address: { port: 3 } },
    { name: 'behind a module', line: '-r a.js --inspect-port=7 b.js', address: { port: 7 } },
    { name: 'an option of the script', line: 'a.js --inspect-port=8', address: {} },
  ])('$name', ({ options = '', line, address }) =>
    expect(debugAddressOf(['node', ...line.split(' ')], options)).toEqual({ ...usual, ...address }),
  )
})

it.each([
  ['127.0.0.1', true],
  ['127.1.2.3', true],
  ['::1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['box', false],
  ['10.0.0.1', false],
])('knows whether others reach %s', (host, expected) => expect(isLoopback(host)).toBe(expected))

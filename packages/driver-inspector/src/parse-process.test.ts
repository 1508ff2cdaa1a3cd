import { describe, expect, it } from 'vitest'
import { debugPortOf, handlesWake } from './parse-process.ts'

describe('the handler of SIGUSR1', () => {
  it.each([
    { name: 'Node.js as it starts', caught: '0000000100004602', handles: true },
    { name: 'a program that handles SIGINT only', caught: '0000000000000002', handles: false },
  ])('$name', ({ caught, handles }) => {
    expect(handlesWake(`Name:\tnode\nSigCgt:\t${caught}\n`)).toBe(handles)
  })

  it('is not there where the system does not tell', () => expect(handlesWake('')).toBe(false))
})

describe('the port of the inspector', () => {
  it.each([
    { name: 'nothing said', args: ['node', 'a.js'], options: '', port: 9229 },
    { name: 'the command line', args: ['node', '--inspect-port=9300', 'a.js'], options: '', port: 9300 },
    { name: 'an inspector from the start', args: ['node', '--inspect=9303'], options: '', port: 9303 },
    { name: 'a host before it', args: ['node', '--inspect-port=127.0.0.1:9301'], options: '', port: 9301 },
    { name: 'NODE_OPTIONS', args: ['node'], options: '--no-warnings --inspect-port=9302', port: 9302 },
    {
      name: 'both: the command line',
      args: ['node', '--inspect-port=1'],
      options: '--inspect-port=2',
      port: 1,
    },
  ])('$name', ({ args, options, port }) => expect(debugPortOf(args, options)).toBe(port))
})

import { describe, expect, it } from 'vitest'
import { debugPortOf, handlesWake, parseListening, parseStat } from './parse-process.ts'

const statOf = (name: string, state: string): string =>
  `42 (${name}) ${state} 7 42 42 0 -1 4194304 1 0 0 0 5 3 0 0 20 0 11 0 987654 1000 200`

describe('/proc/PID/stat', () => {
  it.each([
    { name: 'a plain name', program: 'node' },
    { name: 'a name with parentheses and spaces', program: 'a) b (c' },
  ])('is read with $name', ({ program }) => {
    expect(parseStat(statOf(program, 'S'))).toEqual({
      parent: 7,
      startTicks: '987654',
      isStopped: false,
      isEnded: false,
    })
  })

  it.each([
    { state: 'T', expected: { isStopped: true, isEnded: false } },
    { state: 'Z', expected: { isStopped: false, isEnded: true } },
  ])('tells state $state', ({ state, expected }) => {
    expect(parseStat(statOf('node', state))).toMatchObject(expected)
  })

  it('is null for anything else', () => expect(parseStat('')).toBeNull())
})

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

it('finds listening sockets among others, IPv4 and IPv6', () => {
  const rows = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    '   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 111 1 0 100 0 0 10 0',
    '   1: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 222 1 0 20 4 30 10 -1',
    '   2: 00000000000000000000000001000000:1F91 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 333 1 0 100 0 0 10 0',
  ]
  expect(parseListening(rows.join('\n'))).toEqual([
    { address: '127.0.0.1', port: 8080, inode: '111' },
    { address: '::1', port: 8081, inode: '333' },
  ])
})

import { expect, it } from 'vitest'
import { parseNetstatOutput } from './netstat-output.ts'

// Written after the documented columns of netstat: protocol, local and foreign address, state, process id.
const english = `
Active Connections

  Proto  Local Address          Foreign Address        State           PID
  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1088
  TCP    127.0.0.1:5000         0.0.0.0:0              LISTENING       4711
  TCP    127.0.0.1:5000         127.0.0.1:50001        ESTABLISHED     4711
  TCP    127.0.0.1:50001        127.0.0.1:5000         ESTABLISHED     5000
  TCP    127.0.0.1:50002        127.0.0.1:5000         TIME_WAIT       0
  TCP    [::]:135               [::]:0                 LISTENING       1088
  TCP    [fe80::1%12]:8080      [::]:0                 LISTENING       900
  UDP    0.0.0.0:5353           *:*                                    2120
`

it('reads the listeners and neither clients nor UDP', () => {
  expect(parseNetstatOutput(english)).toEqual([
    { pid: 1088, port: 135, address: '0.0.0.0', family: 'IPv4' },
    { pid: 4711, port: 5000, address: '127.0.0.1', family: 'IPv4' },
    { pid: 1088, port: 135, address: '::', family: 'IPv6' },
    { pid: 900, port: 8080, address: 'fe80::1%12', family: 'IPv6' },
  ])
})

it('does not depend on the language of the system', () => {
  const german = '  TCP    127.0.0.1:5000         0.0.0.0:0              ABHÖREN         4711\r\n'
  expect(parseNetstatOutput(german)).toMatchObject([{ pid: 4711, port: 5000 }])
})

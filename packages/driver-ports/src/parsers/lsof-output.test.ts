import { expect, it } from 'vitest'
import { parseLsofOutput } from './lsof-output.ts'

// Written after the description of output for other programs in lsof(8).
const output = `p512
cControlCenter
u501
f9
tIPv4
PTCP
n*:5000
TST=LISTEN
TQR=0
TQS=0
f10
tIPv6
PTCP
n*:5000
TST=LISTEN
TQR=0
TQS=0
p2041
cnode
u502
f21
tIPv6
PTCP
n[::1]:8080
TST=LISTEN
f22
tIPv4
PTCP
n127.0.0.1:50644->127.0.0.1:8080
TST=ESTABLISHED
f23
tIPv4
PUDP
n*:5353
`

it('reads every listening socket of every process, and no client', () => {
  expect(parseLsofOutput(output)).toEqual([
    { pid: 512, uid: 501, port: 5000, address: '0.0.0.0', family: 'IPv4' },
    { pid: 512, uid: 501, port: 5000, address: '::', family: 'IPv6' },
    { pid: 2041, uid: 502, port: 8080, address: '::1', family: 'IPv6' },
  ])
})

it('reads nothing out of no output', () => {
  expect(parseLsofOutput('')).toEqual([])
})

import { expect, it } from 'vitest'
import { parseProcNetTcp } from './proc-net-tcp.ts'

const header =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n'
const rest = '00000000:00000000 00:00000000 00000000  1000        0 4711 1 0000000000000000 100 0 0 10 0\n'
const row = (local: string, remote: string, state: string): string =>
  `${header}   0: ${local} ${remote} ${state} ${rest}`
const none6 = '00000000000000000000000000000000:0000'

it.each([
  { name: 'loopback', text: row('0100007F:1F90', '00000000:0000', '0A'), address: '127.0.0.1', port: 8080 },
  {
    name: 'every address',
    text: row('00000000:1388', '00000000:0000', '0A'),
    address: '0.0.0.0',
    port: 5000,
  },
  {
    name: 'the highest port',
    text: row('0201A8C0:FFFF', '00000000:0000', '0A'),
    address: '192.168.1.2',
    port: 65_535,
  },
  {
    name: 'IPv6 loopback',
    text: row('00000000000000000000000001000000:1F90', none6, '0A'),
    address: '::1',
    port: 8080,
  },
  {
    name: 'every IPv6 address',
    text: row('00000000000000000000000000000000:0050', none6, '0A'),
    address: '::',
    port: 80,
  },
  {
    name: 'an IPv6 address',
    text: row('B80D01200000000000000000EFBEADDE:0050', none6, '0A'),
    address: '2001:db8::dead:beef',
    port: 80,
  },
  {
    name: 'IPv4 within IPv6',
    text: row('0000000000000000FFFF00000100007F:0050', none6, '0A'),
    address: '::ffff:127.0.0.1',
    port: 80,
  },
])('reads a listener on $name', ({ text, address, port }) => {
  const family = address.includes(':') ? 'IPv6' : 'IPv4'
  expect(parseProcNetTcp(text, 'LE')).toEqual([{ port, address, family, inode: '4711', uid: 1000 }])
})

it('reads addresses of a big-endian machine', () => {
  expect(parseProcNetTcp(row('7F000001:1F90', '00000000:0000', '0A'), 'BE')[0]?.address).toBe('127.0.0.1')
})

it.each([
  { name: 'an established connection', state: '01' },
  { name: 'a closed one that waits', state: '06' },
  { name: 'a connection being opened', state: '02' },
])('leaves out $name on the same port', ({ state }) => {
  expect(parseProcNetTcp(row('0100007F:1F90', '0100007F:C350', state), 'LE')).toEqual([])
})

it('reads rows whose number is longer than its column', () => {
  const text = row('0100007F:1F90', '00000000:0000', '0A').replace('   0:', '123456:')
  expect(parseProcNetTcp(text, 'LE')).toHaveLength(1)
})

it('finds listening sockets among others, IPv4 and IPv6', () => {
  const rows = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    '   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 111 1 0 100 0 0 10 0',
    '   1: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 222 1 0 20 4 30 10 -1',
    '   2: 00000000000000000000000001000000:1F91 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 333 1 0 100 0 0 10 0',
  ]
  expect(parseProcNetTcp(rows.join('\n'), 'LE')).toMatchObject([
    { address: '127.0.0.1', port: 8080, inode: '111' },
    { address: '::1', port: 8081, inode: '333' },
  ])
})

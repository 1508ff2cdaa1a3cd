import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { nftTable } from '../src/kernel/nft-table.ts'
import { inside } from '../src/kernel/place.ts'
import { netem, qdiscAdd, tbf } from '../src/kernel/queueing.ts'

const match = { peers: [], protocol: 'any', percent: 100 } as const

it.each([
  { name: 'everything', wish: match, rule: 'drop' },
  { name: 'a share', wish: { ...match, percent: 30 }, rule: 'numgen random mod 10000 < 3000 drop' },
  {
    name: 'a port of this side',
    wish: { ...match, protocol: 'tcp' as const, local_port: 80 },
    rule: 'tcp dport 80 drop',
  },
  {
    name: 'a port of the other side',
    wish: { ...match, remote_port: 53 },
    rule: 'meta l4proto { tcp, udp } th sport 53 drop',
  },
  { name: 'a protocol', wish: { ...match, protocol: 'udp' as const }, rule: 'meta l4proto udp drop' },
  {
    name: 'addresses',
    wish: { ...match, peers: ['10.0.0.1', '10.1.0.0/16'] },
    rule: 'ip saddr { 10.0.0.1, 10.1.0.0/16 } drop',
  },
  { name: 'addresses of IPv6', wish: { ...match, peers: ['fd00::1'] }, rule: 'ip6 saddr { fd00::1 } drop' },
])('drops $name', ({ wish, rule }) => {
  expect(nftTable('squall_1', ['in'], wish, 'drop')).toBe(
    `table inet squall_1 {\n  chain in {\n    type filter hook input priority -5; policy accept;\n    ${rule}\n  }\n}\n`,
  )
})

it('turns the sides round for packets that go out', () => {
  const wish = { ...match, peers: ['10.0.0.1'], protocol: 'tcp', local_port: 80, remote_port: 90 } as const
  expect(nftTable('squall_1', ['out'], wish, 'reset')).toContain(
    'ip daddr { 10.0.0.1 } tcp dport 90 tcp sport 80 tcp flags & rst == 0 reject with tcp reset',
  )
})

it('writes the words for bandwidth and disorder', () => {
  expect(qdiscAdd('eth0', '1a2b:', tbf({ rate_kbit: 500, burst_kb: 32, latency_ms: 50 })).join(' ')).toBe(
    'tc qdisc add dev eth0 root handle 1a2b: tbf rate 500kbit burst 32kb latency 50ms',
  )
  const none = { delay_ms: 0, jitter_ms: 0, loss: 0, duplicate: 0, corrupt: 0, reorder: 0 }
  expect(netem({ ...none, delay_ms: 100, jitter_ms: 10, reorder: 25 }).join(' ')).toBe(
    'netem delay 100ms 10ms reorder 25%',
  )
  expect(netem({ ...none, loss: 1.5, duplicate: 2, corrupt: 3 }).join(' ')).toBe(
    'netem loss 1.5% duplicate 2% corrupt 3%',
  )
  expect(inside('blue', ['nft', '-f', '-']).join(' ')).toBe('ip netns exec blue nft -f -')
  expect(inside(undefined, ['nft', '-f', '-']).join(' ')).toBe('nft -f -')
})

it('writes rules that nft reads', () => {
  const wish = {
    ...match,
    peers: ['10.0.0.1', 'fd00::/8'],
    protocol: 'tcp',
    remote_port: 90,
    percent: 12.5,
  } as const
  const text = nftTable('squall_1', ['in', 'out'], wish, 'reset')
  const { status, error, stderr } = spawnSync('unshare', ['--net', 'nft', '--check', '-f', '-'], {
    input: text,
  })
  if (error || /Operation not permitted/.test(String(stderr))) {
    process.stderr.write(`NOT RUN: rules read by nft: ${error ?? stderr}\n`)
    expect(process.env['SQUALL_REQUIRE_ALL']).not.toBe('1')
    return
  }
  expect(String(stderr)).toBe('')
  expect(status).toBe(0)
})

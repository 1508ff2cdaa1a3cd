import type { JsonValue, Targets } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { isProtecting, nothingProtected, type Protection, protectionOf, refusalOf } from './protection.ts'

describe('what is declared', () => {
  it.each<{ name: string; protect?: JsonValue; patterns?: string[]; protection: Partial<Protection> }>([
    { name: 'nothing', protection: {} },
    { name: 'null', protect: null, protection: {} },
    { name: 'patterns of the command line', patterns: ['a*'], protection: { patterns: ['a*'] } },
    {
      name: 'both',
      protect: { targets: ['*db*'] },
      patterns: ['a*'],
      protection: { patterns: ['*db*', 'a*'] },
    },
    { name: 'ports', protect: { ports: [80, '8080'] }, protection: { ports: [80, 8080] } },
    { name: 'one port without a list', protect: { ports: 80 }, protection: { ports: [80] } },
    { name: 'processes', protect: { processes: ['nginx'] }, protection: { processes: ['nginx'] } },
    { name: 'users', protect: { users: 'root' }, protection: { users: ['root'] } },
    { name: 'empty lists', protect: { ports: [], processes: null }, protection: {} },
  ])('$name', ({ protect, patterns, protection }) => {
    const settings = protect === undefined ? {} : { protect }
    expect(protectionOf(settings, patterns)).toEqual({ ...nothingProtected, ...protection })
  })

  it.each<{ protect: JsonValue; says: string }>([
    { protect: 'nginx', says: 'is nginx, which is no object' },
    { protect: ['nginx'], says: 'is ["nginx"], which is no object' },
    { protect: true, says: 'is true, which is no object' },
    { protect: { port: [80] }, says: "knows no 'port'" },
    { protect: { ports: ['http'] }, says: "has http under 'ports', which is no port" },
    { protect: { ports: [0] }, says: "has 0 under 'ports', which is no port" },
    { protect: { ports: [65_536] }, says: "has 65536 under 'ports', which is no port" },
    { protect: { ports: [80.5] }, says: "has 80.5 under 'ports', which is no port" },
    { protect: { ports: [''] }, says: "has nothing under 'ports', which is no port" },
    { protect: { ports: [null] }, says: "has null under 'ports', which is no port" },
    { protect: { targets: [5] }, says: "has 5 under 'targets', which is no text" },
    { protect: { processes: [{}] }, says: "has {} under 'processes', which is no text" },
    { protect: { users: [''] }, says: "has nothing under 'users', which is no text" },
  ])('$protect is not clear', ({ protect, says }) => {
    expect(() => protectionOf({ protect })).toThrow(
      expect.objectContaining({
        code: 'SQUALL_PROTECTION_UNCLEAR',
        message: expect.stringContaining(`\`protect\` in settings ${says}`),
      }),
    )
  })
})

it.each<{ protection: Partial<Protection>; is: boolean }>([
  { protection: {}, is: false },
  { protection: { patterns: ['a'] }, is: true },
  { protection: { ports: [1] }, is: true },
  { protection: { processes: ['a'] }, is: true },
  { protection: { users: ['a'] }, is: true },
])('is protecting with $protection: $is', ({ protection, is }) => {
  expect(isProtecting({ ...nothingProtected, ...protection })).toBe(is)
})

describe('a pattern', () => {
  it.each([
    { pattern: 'hall', target: 'hall', matches: true },
    { pattern: 'hall', target: 'hall lamp', matches: false },
    { pattern: 'hall*', target: 'hall lamp', matches: true },
    { pattern: '*lamp', target: 'hall lamp', matches: true },
    { pattern: '*', target: '', matches: true },
    { pattern: 'h?ll', target: 'hall', matches: true },
    { pattern: 'h?ll', target: 'hll', matches: false },
    { pattern: 'a.c', target: 'abc', matches: false },
    { pattern: 'a+(b)[c]{2}^$|', target: 'a+(b)[c]{2}^$|', matches: true },
    { pattern: '*\\*', target: 'C:\\lamps', matches: true },
    { pattern: '*b*', target: 'a\nb\nc', matches: true },
    { pattern: 'HALL', target: 'hall', matches: false },
    { pattern: 'GET http://*.example.com', target: 'GET http://shop.example.com', matches: true },
  ])('$pattern over $target: $matches', ({ pattern, target, matches }) => {
    expect(refusalOf([target], { ...nothingProtected, patterns: [pattern] })).toBe(
      matches ? `'${target}' is protected by the pattern '${pattern}'` : undefined,
    )
  })
})

describe('a port', () => {
  it.each([
    { port: 8080, target: 'pid 7 (node a.js) listening on 127.0.0.1:8080', matches: true },
    { port: 8080, target: 'pid 7 (node a.js) listening on [::1]:8080 and [::1]:9090', matches: true },
    { port: 8080, target: 'pid 7 (node a.js) listening on 0.0.0.0:80801', matches: false },
    { port: 8080, target: 'pid 8080 (node a.js)', matches: false },
    { port: 8080, target: 'pid 7 (node a.js 8080)', matches: false },
    { port: 8080, target: 'POST http://localhost:8080', matches: true },
    { port: 80, target: 'POST http://localhost:8080', matches: false },
    { port: 80, target: 'POST http://localhost', matches: true },
    { port: 80, target: 'POST http://[::1]', matches: true },
    { port: 80, target: 'POST http://[::1]:81', matches: false },
    { port: 80, target: 'POST http://localhost:81', matches: false },
    { port: 80, target: 'POST https://localhost', matches: false },
    { port: 443, target: 'POST https://localhost', matches: true },
    { port: 443, target: 'POST https://localhost:8443', matches: false },
    { port: 443, target: 'curl https://shop.example.com/a', matches: true },
    { port: 443, target: 'POST http://localhost', matches: false },
  ])('$port over $target: $matches', ({ port, target, matches }) => {
    expect(refusalOf([target], { ...nothingProtected, ports: [port] })).toBe(
      matches ? `'${target}' is protected by the port ${port}` : undefined,
    )
  })
})

describe('the name of a program', () => {
  it.each([
    { name: 'nginx', target: 'pid 7 (nginx -g daemon off;) listening on 127.0.0.1:80', matches: true },
    { name: 'nginx', target: 'pid 7 (/usr/sbin/nginx)', matches: true },
    { name: 'nginx', target: 'pid 7 (nginx: worker process)', matches: true },
    { name: 'nginx', target: 'pid 7 (C:\\nginx\\nginx.exe -s x)', matches: true },
    { name: 'nginx', target: "sh -c 'nginx -s stop'", matches: true },
    { name: 'nginx', target: 'pkill nginx', matches: true },
    { name: 'nginx', target: 'pid 7 (my-nginx)', matches: false },
    { name: 'nginx', target: 'pid 7 (nginx-exporter)', matches: false },
    { name: 'nginx', target: 'vi nginx.conf', matches: false },
    { name: 'c++', target: 'pid 7 (c++)', matches: true },
    { name: 'a.b', target: 'pid 7 (axb)', matches: false },
  ])('$name over $target: $matches', ({ name, target, matches }) => {
    expect(refusalOf([target], { ...nothingProtected, processes: [name] })).toBe(
      matches ? `'${target}' is protected by the process name '${name}'` : undefined,
    )
  })
})

describe('the name of a user', () => {
  it.each([
    { name: 'root', target: 'pid 7 (sshd) owned by root', matches: true },
    { name: 'root', target: 'pid 7 (sshd) owned by root listening on 0.0.0.0:22', matches: true },
    { name: 'root', target: 'pid 7 (sshd) owned by root2', matches: false },
    { name: 'root', target: 'pid 7 (sshd) owned by www-data', matches: false },
    { name: 'root', target: 'pid 7 (root)', matches: false },
  ])('$name over $target: $matches', ({ name, target, matches }) => {
    expect(refusalOf([target], { ...nothingProtected, users: [name] })).toBe(
      matches ? `'${target}' is protected by the user '${name}'` : undefined,
    )
  })
})

describe('targets', () => {
  const protection: Protection = { ...nothingProtected, patterns: ['b*'], ports: [80] }
  it.each<{ name: string; targets: Targets; refusal: string | undefined }>([
    { name: 'none', targets: [], refusal: undefined },
    { name: 'harmless ones', targets: ['a', 'c'], refusal: undefined },
    { name: 'one among others', targets: ['a', 'b1'], refusal: "'b1' is protected by the pattern 'b*'" },
    { name: 'any rule', targets: ['on :80'], refusal: "'on :80' is protected by the port 80" },
    {
      name: 'unknown ones',
      targets: { unknown: 'it depends.' },
      refusal: 'what it touches cannot be known (it depends)',
    },
    {
      name: 'a long one, which is cut',
      targets: [`b${'x'.repeat(500)}`],
      refusal: `'b${'x'.repeat(118)}…' is protected by the pattern 'b*'`,
    },
  ])('$name', ({ targets, refusal }) => {
    expect(refusalOf(targets, protection)).toBe(refusal)
  })

  it('that are unknown may be touched where nothing is protected', () => {
    expect(refusalOf({ unknown: 'it depends' }, nothingProtected)).toBeUndefined()
  })
})

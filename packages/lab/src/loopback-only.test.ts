import { expect, it } from 'vitest'
import { isLoopbackHost } from './loopback-only.ts'

it.each([
  { host: 'localhost', own: true },
  { host: 'LOCALHOST:5000', own: true },
  { host: '127.0.0.1:8080', own: true },
  { host: '[::1]', own: true },
  { host: '[::1]:5000', own: true },
  { host: '', own: false },
  { host: 'example.org', own: false },
  { host: 'localhost.example.org', own: false },
  { host: '127.0.0.1.example.org:5000', own: false },
  { host: '127.0.0.2', own: false },
  { host: 'evil@localhost', own: false },
  { host: 'localhost:', own: false },
  { host: 'localhost:123456', own: false },
])("takes Host '$host' for this machine: $own", ({ host, own }) => {
  expect(isLoopbackHost(host)).toBe(own)
})

import { expect, it } from 'vitest'
import { commandText, refusalText, victimText } from './victim.ts'

it.each([
  { name: 'a command line', facts: { name: 'node', command: 'node server.js' }, text: 'node server.js' },
  { name: 'a program without one', facts: { name: 'kworker', command: '' }, text: 'kworker' },
  {
    name: 'one of several lines',
    facts: { name: 'sh', command: 'sh -c one\n\ttwo\u001b[0m ' },
    text: 'sh -c one two [0m',
  },
  { name: 'a long one', facts: { name: 'x', command: 'x'.repeat(500) }, text: `${'x'.repeat(119)}…` },
])('shows $name on one short line', ({ facts, text }) => {
  expect(commandText(facts)).toBe(text)
})

const victim = { pid: 12, startedAt: '1', parent: 1, command: 'node a.js' }
const here = { port: 8080, address: '127.0.0.1', namespace: null }
const there = { port: 8080, address: '::1', namespace: null }

it.each([
  { endpoints: [], text: 'pid 12 (node a.js)' },
  { endpoints: [here], text: 'pid 12 (node a.js) listening on 127.0.0.1:8080' },
  { endpoints: [here, there], text: 'pid 12 (node a.js) listening on 127.0.0.1:8080 and [::1]:8080' },
])('names a victim: $text', ({ endpoints, text }) => {
  expect(victimText({ ...victim, endpoints })).toBe(text)
})

it('leaves the folders of paths out of a sentence, and cuts it', () => {
  const command = '/usr/bin/node /opt/shop/server.js --ports 8080-8089 --log /var/log/shop.log'
  expect(victimText({ ...victim, command, endpoints: [] })).toBe(
    'pid 12 (node server.js --ports 8080-8089 --log shop.log)',
  )
  expect(victimText({ ...victim, command: 'x'.repeat(60), endpoints: [] })).toBe(
    `pid 12 (${'x'.repeat(47)}…)`,
  )
})

it.each([
  { refusal: { pid: 12, command: 'a', port: 80, reason: 'why' }, text: 'pid 12 (a) on port 80: why' },
  { refusal: { pid: 12, command: null, port: null, reason: 'why' }, text: 'pid 12: why' },
  { refusal: { pid: null, command: null, port: 80, reason: 'why' }, text: 'the listener on port 80: why' },
])('names what is left alone: $text', ({ refusal, text }) => {
  expect(refusalText(refusal)).toBe(text)
})

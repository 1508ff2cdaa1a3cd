import { expect, it } from 'vitest'
import { brokenLaw } from './broken-law.ts'

const frame = (place: string) => `    at ${place}`
const failure = [
  'LawBroken: After the abort it took 180 ms to end, not 100 ms.',
  frame('endsInTime (packages/testkit/src/in-time.ts:31:9)'),
  frame('file:///somewhere/node_modules/@vitest/runner/dist/chunk-artifact.js:302:11'),
  frame('process.processTicksAndRejections (node:internal/process/task_queues:95:5)'),
  ...Array.from({ length: 30 }, (_, index) => frame(`step${index} (packages/driver-os/src/stress.ts:1:1)`)),
].join('\n')

it('says driver, law and reason first, and leaves out what is not ours', () => {
  const { message, stack } = brokenLaw('driver-os: freeze: ends within 100 ms of an abort', failure)
  const lines = message.split('\n')
  expect(lines.slice(0, 3)).toEqual([
    'driver-os: freeze: ends within 100 ms of an abort',
    'LawBroken: After the abort it took 180 ms to end, not 100 ms.',
    frame('endsInTime (packages/testkit/src/in-time.ts:31:9)'),
  ])
  expect(lines).toHaveLength(13)
  expect(message).not.toMatch(/node_modules|node:internal/)
  expect(stack).toBe(`Error: ${message}`)
})

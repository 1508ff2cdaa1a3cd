import { expect, it } from 'vitest'
import { answer, hypothesisOf, play, take } from './toy-experiment.ts'

it('plays', async () => {
  const { journal, trace } = await play({
    'steady-state-hypothesis': hypothesisOf(answer('p', 1, 1)),
    method: [take('a', 1), take('b', 2, { background: true }), take('c', 1)],
    rollbacks: [take('r', 5)],
  })
  expect(trace).toEqual([])
  expect(journal).toEqual([])
})

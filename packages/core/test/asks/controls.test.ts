import type { JsonObject } from '@squall/contract'
import { expect, it } from 'vitest'
import { foldJournal } from '../../src/index.ts'
import { toyControl, toyControls, traced } from '../toy-controls.ts'
import { answer, play, take, toy } from '../toy-experiment.ts'

it('hooks come once around all askings and attempts, and around each time of a repeat', async () => {
  const toys = toyControls()
  const method = [
    answer('never', 1, 2, { until: { timeout: 3 } }),
    toy('action', 'fails', 'fail', {}, { retry: { attempts: 3 } }),
    take('again', 0, { repeat: { count: 2 } }),
  ]
  const { journal, events } = await play({ method, controls: [traced('t')] }, { others: [toys.driver] })
  expect(toys.calls.filter((call) => call.includes('activity'))).toEqual([
    't before-activity never',
    't after-activity never succeeded',
    't before-activity fails',
    't after-activity fails failed',
    't before-activity again',
    't after-activity again succeeded',
    't before-activity again',
    't after-activity again succeeded',
  ])
  expect(journal.run).toHaveLength(4)
  expect(foldJournal(events)).toEqual(journal)
})

it('what a hook makes of an output is what later steps and tolerances see', async () => {
  const toys = toyControls()
  toys.control('meddle', {
    'after-activity': ({ state }) => {
      ;(state?.value as JsonObject)['output'] = { n: 2 }
    },
  })
  const tolerance = { type: 'jsonpath', path: '$.n', expect: 2 }
  const method = [
    answer('a', 1, tolerance, { evaluate: true, controls: [toyControl('meddle')] }),
    toy('probe', 'b', 'answer', { value: '${steps.a.output.n}' }),
  ]
  const { journal } = await play({ method }, { others: [toys.driver] })
  expect(journal.run).toMatchObject([{ tolerance_met: true }, { output: 2 }])
})

it('an activity that a hook skips is held to no tolerance and asked not once', async () => {
  const toys = toyControls()
  toys.control('bypass', { 'before-activity': ({ skip }) => skip('skipped') })
  const method = [
    answer('a', 1, 2, { until: { timeout: 9 }, controls: [toyControl('bypass')], onFailure: 'stop' }),
  ]
  const { journal, clock } = await play({ method }, { others: [toys.driver] })
  expect(journal).toMatchObject({ status: 'completed', run: [{ output: 'skipped', tolerance_met: true }] })
  expect(journal.run[0]).not.toHaveProperty('until')
  expect(clock.monotonic()).toBe(0)
})

it('a check after the rollbacks is a check to hooks too', async () => {
  const toys = toyControls()
  const parts = {
    'steady-state-hypothesis': { title: 'h', probes: [answer('up', 1, 1)] },
    runtime: { hypothesis: { after_rollbacks: true, strategy: 'before-method-only' } },
    controls: [traced('t')],
  }
  const { journal, events } = await play(parts, { others: [toys.driver] })
  expect(toys.calls.filter((call) => call.includes('after-hypothesis'))).toHaveLength(2)
  expect(journal.restored).toBe(true)
  expect(foldJournal(events)).toEqual(journal)
})

it('whether the steady state was restored is as it was judged, whatever a hook makes of the journal', async () => {
  const toys = toyControls()
  toys.control('tidy', {
    'after-experiment': ({ state }) => {
      if (!state) throw new Error('The hook was called without a journal.')
      const { steady_states: states } = state.value as { steady_states: JsonObject }
      delete states['after_rollbacks']
    },
  })
  const parts = {
    'steady-state-hypothesis': { title: 'h', probes: [answer('up', 1, 1)] },
    runtime: { hypothesis: { after_rollbacks: true } },
    controls: [toyControl('tidy')],
  }
  const { journal, events } = await play(parts, { others: [toys.driver] })
  expect(journal.restored).toBe(true)
  expect(journal.steady_states).not.toHaveProperty('after_rollbacks')
  expect(foldJournal(events)).toEqual(journal)
})

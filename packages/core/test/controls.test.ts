import type { JsonObject } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { foldJournal } from '../src/index.ts'
import { toyControl, toyControls, traced } from './toy-controls.ts'
import { answer, hypothesisOf, type LooseExperiment, type PlayOptions, play, take } from './toy-experiment.ts'

async function playTraced(parts: LooseExperiment, options: PlayOptions = {}) {
  const toys = toyControls()
  const played = await play(parts, { others: [toys.driver], ...options })
  return { ...played, calls: toys.calls }
}

const whole = {
  title: 'Traced',
  'steady-state-hypothesis': hypothesisOf(answer('h', 1, 1)),
  method: [take('m1'), take('m2')],
  rollbacks: [take('r1')],
}

describe('where controls act (spec 17.3)', () => {
  it('one of the experiment acts around every level, in this order', async () => {
    const { calls, journal } = await playTraced({ ...whole, controls: [traced('-')] })
    expect(calls).toEqual([
      '- configure Traced',
      '- before-experiment Traced',
      '- before-hypothesis All is well',
      '- before-activity h',
      '- after-activity h succeeded',
      '- after-hypothesis All is well true',
      '- before-method Traced',
      '- before-activity m1',
      '- after-activity m1 succeeded',
      '- before-activity m2',
      '- after-activity m2 succeeded',
      '- after-method 2',
      '- before-hypothesis All is well',
      '- before-activity h',
      '- after-activity h succeeded',
      '- after-hypothesis All is well true',
      '- before-rollback Traced',
      '- before-activity r1',
      '- after-activity r1 succeeded',
      '- after-rollback 1',
      '- after-experiment Traced completed',
      '- cleanup',
    ])
    expect(journal.status).toBe('completed')
  })

  it('one of an activity acts around that one only', async () => {
    const method = [take('m1', 0, { controls: [traced('one')] }), take('m2')]
    const { calls } = await playTraced({ ...whole, method })
    expect(calls).toEqual([
      'one configure Traced',
      'one before-activity m1',
      'one after-activity m1 succeeded',
      'one cleanup',
    ])
  })

  it('a global one acts around all, but not around method and rollbacks of an experiment with controls', async () => {
    const settings = { controls: { glob: { provider: { type: 'toys', control: 'trace' } } } }
    const { calls } = await playTraced({ method: [take('m1')], controls: [traced('top')] }, { settings })
    expect(calls).toEqual([
      'glob configure A toy',
      'top configure A toy',
      'glob before-experiment A toy',
      'top before-experiment A toy',
      'top before-method A toy',
      'top before-activity m1',
      'glob before-activity m1',
      'top after-activity m1 succeeded',
      'glob after-activity m1 succeeded',
      'top after-method 1',
      'top before-rollback A toy',
      'top after-rollback 0',
      'glob after-experiment A toy completed',
      'top after-experiment A toy completed',
      'top cleanup',
      'glob cleanup',
    ])
  })
})

describe('what hooks change', () => {
  it('an activity: that is what is played and what the journal has', async () => {
    const toys = toyControls()
    toys.control('rename', {
      'before-activity': ({ context }) => {
        const activity = context.value as JsonObject
        activity['name'] = 'changed'
        ;(activity['provider'] as JsonObject)['arguments'] = { name: 'other' }
      },
    })
    const { trace, journal, events } = await play(
      { method: [take('a', 0, { controls: [toyControl('rename')] }), take('b')] },
      { others: [toys.driver] },
    )
    expect(trace).toEqual(['start other', 'end other', 'start b', 'end b'])
    expect(journal.run.map(({ activity }) => activity['name'])).toEqual(['changed', 'b'])
    expect(journal.experiment['method']).toMatchObject([{ name: 'changed' }, { name: 'b' }])
    expect(foldJournal(events)).toEqual(journal)
  })

  it('the journal: objects and lists under keys that it has not', async () => {
    const toys = toyControls()
    toys.control('annotate', {
      'after-experiment': ({ state }) => {
        const journal = state?.value as JsonObject
        journal['note'] = { by: ['me'] }
        ;(journal['run'] as JsonObject[]).push({ added: true })
      },
    })
    const { journal } = await play(
      { method: [take('a')], controls: [toyControl('annotate')] },
      { others: [toys.driver] },
    )
    expect(journal).toMatchObject({ note: { by: ['me'] }, run: [{ status: 'succeeded' }, { added: true }] })
  })

  it('the outcome of a probe: its tolerance sees the changed output', async () => {
    const toys = toyControls()
    toys.control('meddle', {
      'after-activity': ({ state }) => {
        ;(state?.value as JsonObject)['output'] = 2
      },
    })
    const { journal, events } = await play(
      { 'steady-state-hypothesis': hypothesisOf(answer('h', 1, 1)), controls: [toyControl('meddle')] },
      { others: [toys.driver] },
    )
    expect(journal.steady_states.before).toMatchObject({ steady_state_met: false, probes: [{ output: 2 }] })
    expect(foldJournal(events)).toEqual(journal)
  })
})

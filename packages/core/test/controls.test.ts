import { InterruptRun, type JsonObject, type LiveDocument, type RunEvent } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { foldJournal } from '../src/index.ts'
import { eventLines } from './event-lines.ts'
import { type Deeds, toyControl, toyControls, traced } from './toy-controls.ts'
import {
  answer,
  harm,
  hypothesisOf,
  type LooseExperiment,
  type PlayOptions,
  play,
  take,
  toy,
} from './toy-experiment.ts'

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

/** The calls of a run with one control around everything that a test does something in. */
async function playWith(deeds: Deeds, parts: LooseExperiment, options: PlayOptions = {}) {
  const toys = toyControls()
  toys.control('it', deeds)
  const played = await play({ controls: [toyControl('it')], ...parts }, { others: [toys.driver], ...options })
  expect(foldJournal(JSON.parse(JSON.stringify(played.events)))).toEqual(played.journal)
  return played
}

describe('which controls act, and in which order (spec 17.3)', () => {
  const two = [traced('t1'), traced('t2')]
  const before = (calls: readonly string[]) =>
    calls.filter((call) => call.includes('before-activity')).map((call) => call.split(' ')[0])

  it.each([
    { name: 'those of the experiment first', top: two, local: [traced('l')], order: ['t1', 't2', 'l'] },
    {
      name: 'each one once, however many there are',
      top: two,
      local: [traced('l1'), traced('l2')],
      order: ['t1', 't2', 'l1', 'l2'],
    },
    {
      name: 'a local one hides one of its name',
      top: two,
      local: [traced('t1', { tag: 'own' })],
      order: ['t2', 'own'],
    },
    {
      name: 'one that is not automatic acts nowhere',
      top: [traced('t1', {}, { automatic: false })],
      local: [],
      order: [],
    },
    {
      name: 'one that is not automatic acts where it is referred to, last',
      top: [traced('t1', {}, { automatic: false }), traced('t2')],
      local: [traced('r', {}, { ref: 't1' }), traced('l')],
      order: ['t2', 'l', 't1'],
    },
    {
      name: 'one that is referred to acts once',
      top: two,
      local: [traced('r', {}, { ref: 't2' })],
      order: ['t1', 't2'],
    },
    {
      name: 'a reference to nothing stands for itself',
      top: [],
      local: [traced('r', {}, { ref: 'x' })],
      order: ['r'],
    },
  ])('$name', async ({ top, local, order }) => {
    const { calls } = await playTraced({ controls: top, method: [take('a', 0, { controls: local })] })
    expect(before(calls)).toEqual(order)
  })

  it('scope leaves the hooks of one side', async () => {
    const controls = [traced('early', {}, { scope: 'before' }), traced('late', {}, { scope: 'after' })]
    const { calls } = await playTraced({ controls, method: [take('a')] })
    expect(calls.slice(2, -2)).toEqual([
      'early before-experiment A toy',
      'early before-method A toy',
      'early before-activity a',
      'late after-activity a succeeded',
      'late after-method 1',
      'early before-rollback A toy',
      'late after-rollback 0',
      'late after-experiment A toy completed',
    ])
  })

  it('of one name only the first is configured and cleaned up', async () => {
    const method = [
      take('a', 0, { controls: [traced('c', { tag: 'one' })] }),
      take('b', 0, { controls: [traced('c', { tag: 'two' })] }),
    ]
    const { calls } = await playTraced({ method })
    expect(calls).toEqual([
      'one configure A toy',
      'one before-activity a',
      'one after-activity a succeeded',
      'two before-activity b',
      'two after-activity b succeeded',
      'c cleanup',
    ])
  })

  it('none acts around the probe of a tolerance and dynamic configuration', async () => {
    const tolerance = toy('probe', 't', 'large', {})
    const { calls } = await playTraced({
      controls: [traced('c')],
      configuration: {
        n: { type: 'probe', name: 'n', provider: { type: 'toy', func: 'answer', arguments: { value: 20 } } },
      },
      'steady-state-hypothesis': hypothesisOf(answer('p', '${n}', tolerance)),
    })
    expect(before(calls)).toEqual(['c', 'c'])
    expect(calls.join()).not.toContain('before-activity t')
  })

  it('they act around background activities too', async () => {
    const { calls } = await playTraced({
      controls: [traced('c')],
      method: [take('a', 5, { background: true }), take('b')],
    })
    expect(calls.filter((call) => call.includes('activity'))).toEqual([
      'c before-activity a',
      'c before-activity b',
      'c after-activity b succeeded',
      'c after-activity a succeeded',
    ])
  })

  it('a Python module that an installed driver stands in for', async () => {
    const provider = { type: 'python', module: 'chaosaddons.controls.toy', arguments: { tag: 'py' } }
    const { calls } = await playTraced({ method: [take('a', 0, { controls: [{ name: 'c', provider }] })] })
    expect(before(calls)).toEqual(['py'])
  })
})

describe('arguments (spec 17.2)', () => {
  it('are replaced anew for every hook, but not for the configuration', async () => {
    const toys = toyControls()
    const seen: unknown[] = []
    toys.control(
      'it',
      {
        'before-activity': ({ arguments: args, configuration }) => {
          seen.push(args)
          args['mine'] = 'changed'
          configuration.value['x'] = 'X2'
        },
      },
      { configure: async ({ arguments: args }) => void seen.push(args) },
    )
    const control = {
      name: 'c',
      provider: { type: 'toys', control: 'it', arguments: { a: '${x}', b: ['$s'] } },
    }
    await play(
      {
        controls: [control],
        configuration: { x: 'X' },
        secrets: { g: { s: 'S' } },
        method: [take('a'), take('b')],
      },
      { others: [toys.driver] },
    )
    expect(seen).toEqual([
      { a: '${x}', b: ['$s'] },
      { a: 'X', b: ['S'], mine: 'changed' },
      { a: 'X2', b: ['S'], mine: 'changed' },
    ])
  })

  it('stay as they are where there is no configuration and no secret', async () => {
    const { calls } = await playTraced({ controls: [traced('c', { tag: '$$x' })] })
    expect(calls[0]).toBe('$$x configure A toy')
    expect(calls[1]).toBe('$$x before-experiment A toy')
  })
})

describe('a control that fails', () => {
  it('is told, counted in the journal, and the run goes on', async () => {
    const controls = [traced('bad', { fail: 'before-activity' }), traced('good')]
    const { calls, journal, events, exitCode } = await playTraced({
      controls,
      method: [take('a'), take('b')],
    })
    expect(exitCode).toBe(0)
    expect(calls).toContain('good before-activity a')
    expect(journal['control-failures']).toEqual([
      { control: 'bad', hook: 'before-activity', reason: 'the test says so', times: 2 },
    ])
    expect(events.filter(({ type }) => type === 'control-failed')).toMatchObject([
      { activity: 'a' },
      { activity: 'b' },
    ])
  })

  it('in its configuration it still acts, unless it is a global one', async () => {
    const provider = { type: 'toys', control: 'trace', arguments: { fail: 'configure', tag: 'glob' } }
    const { calls, journal } = await playTraced(
      { method: [take('a', 0, { controls: [traced('own', { fail: 'configure' })] })] },
      { settings: { controls: { glob: { provider } } } },
    )
    expect(calls).toEqual([
      'glob configure A toy',
      'own configure A toy',
      'own before-activity a',
      'own after-activity a succeeded',
      'own cleanup',
      'glob cleanup',
    ])
    expect(journal['control-failures']).toHaveLength(2)
  })

  it.each([
    { what: 'a driver that is not there', provider: { type: 'nobody', control: 'x' } },
    { what: 'a type that runs none', provider: { type: 'raw' } },
    { what: 'no provider at all', provider: undefined },
  ])('$what: it does nothing, and the run completes', async ({ provider }) => {
    const { journal } = await playTraced({ controls: [{ name: 'c', provider }], method: [take('a')] })
    expect(journal.status).toBe('completed')
    expect(journal['control-failures']).toMatchObject([{ control: 'c', hook: 'open', times: 1 }])
  })

  it('a hook that throws no error at all is a failure like any other', async () => {
    const { journal } = await playWith(
      {
        'before-activity': () => {
          throw undefined
        },
      },
      { method: [take('a')] },
    )
    expect(journal).toMatchObject({ status: 'completed', 'control-failures': [{ hook: 'before-activity' }] })
  })
})

describe('a control that ends the run (spec 17.4)', () => {
  const parts = { ...whole, rollbacks: [take('r1')] }
  it.each([
    { hook: 'before-experiment', run: 0, before: null },
    { hook: 'before-hypothesis', run: 0, before: null },
    { hook: 'after-hypothesis', run: 0, before: { steady_state_met: true } },
    { hook: 'before-method', run: 0, before: { steady_state_met: true } },
    { hook: 'after-method', run: 2, before: { steady_state_met: true } },
    { hook: 'before-activity', run: 0, before: null },
    { hook: 'after-activity', run: 0, before: null },
  ])('in $hook: interrupted, and rollbacks are not played by default', async ({ hook, run, before }) => {
    const { journal, calls, exitCode } = await playTraced({
      ...parts,
      controls: [traced('c', { interrupt: hook })],
    })
    expect({ status: journal.status, reason: journal.reason, exitCode }).toEqual({
      status: 'interrupted',
      reason: "The run was interrupted: the control 'c' (the test says so)",
      exitCode: 1,
    })
    expect(journal.run).toHaveLength(run)
    expect(journal.rollbacks).toEqual([])
    expect(journal.steady_states.before).toEqual(before === null ? null : expect.objectContaining(before))
    // The hook on the other side is called all the same, and so are those of the levels around it.
    const level = hook.replace(/^(before|after)-/, '')
    expect(
      calls.filter((call) => call.includes(`after-${level} `) || call.endsWith(`after-${level}`)).length,
    ).toBeGreaterThan(0)
    expect(calls.at(-1)).toBe('c cleanup')
  })

  it('the hook after it gets null where nothing was played', async () => {
    const method = [take('a', 0, { controls: [traced('c', { interrupt: 'before-activity' })] }), take('b')]
    const { calls, trace } = await playTraced({ method })
    expect(calls).toContain('c after-activity a null')
    expect(trace).toEqual([])
  })

  it('the other controls of the level are not asked any more before, but after', async () => {
    const controls = [traced('c', { interrupt: 'before-method' }), traced('d')]
    const { calls } = await playTraced({ controls, method: [take('a')] })
    expect(calls.filter((call) => call.includes('-method'))).toEqual([
      'c before-method A toy',
      'c after-method A toy null',
      'd after-method A toy null',
    ])
  })

  it('in a hook around the rollbacks: interrupted, what was played stays', async () => {
    const controls = [traced('c', { interrupt: 'after-rollback' })]
    const { journal } = await playTraced({ method: [], rollbacks: [take('r')], controls })
    expect(journal).toMatchObject({ status: 'interrupted', rollbacks: [{ status: 'succeeded' }] })
  })

  it('before the rollbacks: none of them is played', async () => {
    const controls = [traced('c', { interrupt: 'before-rollback' })]
    const { journal, trace } = await playTraced({ method: [], rollbacks: [take('r')], controls })
    expect(journal).toMatchObject({ status: 'interrupted', rollbacks: [] })
    expect(trace).toEqual([])
  })

  it('around one rollback: the rest is not played', async () => {
    const rollbacks = [
      take('r1', 0, { controls: [traced('c', { interrupt: 'after-activity' })] }),
      take('r2'),
    ]
    const { journal, trace } = await playTraced({ method: [], rollbacks })
    expect(journal).toMatchObject({ status: 'interrupted', rollbacks: [{ status: 'succeeded' }] })
    expect(trace).toEqual(['start r1', 'end r1'])
  })

  it.each(['after-experiment', 'configure'])('not in %s', async (hook) => {
    const toys = toyControls()
    const interrupt = async () => {
      throw new InterruptRun('the test says so')
    }
    toys.control(
      'it',
      hook === 'configure' ? {} : { 'after-experiment': interrupt },
      hook === 'configure' ? { configure: interrupt } : {},
    )
    const { journal, exitCode } = await play(
      { controls: [toyControl('it')], method: [take('a')] },
      { others: [toys.driver] },
    )
    expect({ status: journal.status, exitCode }).toEqual({ status: 'completed', exitCode: 0 })
  })

  it('around a background activity it is told and the run goes on', async () => {
    const method = [
      take('a', 1, { background: true, controls: [traced('c', { interrupt: 'after-activity' })] }),
      take('b'),
    ]
    const { journal, events } = await playTraced({ method })
    expect(journal.status).toBe('completed')
    expect(eventLines(events)).toContain("error: The run was interrupted: the control 'c' (the test says so)")
  })

  it('in the continuous check: the method ends after its current activity', async () => {
    const probe = take('check', 0, {
      tolerance: 'check',
      controls: [traced('c', { interrupt: 'after-activity' })],
    })
    const { journal, trace } = await playTraced(
      {
        'steady-state-hypothesis': hypothesisOf(probe),
        method: [take('a', 2), take('b')],
        rollbacks: [take('r')],
      },
      { strategies: { hypothesis: 'during-method-only' } },
    )
    expect(journal).toMatchObject({
      status: 'interrupted',
      rollbacks: [],
      steady_states: { during: [{ steady_state_met: null }] },
    })
    expect(trace.toSorted()).toEqual(['end a', 'end check', 'start a', 'start check'])
  })

  it.each([
    { how: 'graceful', rollbacks: 1 },
    { how: 'ungraceful', rollbacks: 0 },
  ] as const)('whenever it likes, $how', async ({ how, rollbacks }) => {
    const { journal, trace } = await playWith(
      {
        'before-method': (_call, { clock, interrupt }) => {
          void clock.sleep(1000).then(() => interrupt(how, 'enough'))
        },
      },
      { method: [take('a', 10), take('b')], rollbacks: [take('r')] },
      { strategies: { rollbacks: 'always' } },
    )
    expect(journal).toMatchObject({
      status: 'interrupted',
      reason: "The run was interrupted: the control 'it' (enough)",
    })
    expect(trace.slice(0, 2)).toEqual(['start a', 'stop a'])
    expect(journal.rollbacks).toHaveLength(rollbacks)
  })
})

describe('what hooks change', () => {
  it('an activity: that is what is played and what the journal has', async () => {
    const { trace, journal } = await playWith(
      {
        'before-activity': ({ context }) => {
          const activity = context.value as JsonObject
          if (activity['name'] !== 'a') return
          activity['name'] = 'changed'
          ;(activity['provider'] as JsonObject)['arguments'] = { name: 'other' }
        },
      },
      { method: [take('a'), take('b')] },
    )
    expect(trace).toEqual(['start other', 'end other', 'start b', 'end b'])
    expect(journal.run.map(({ activity }) => activity['name'])).toEqual(['changed', 'b'])
    expect(journal.experiment['method']).toMatchObject([{ name: 'changed' }, { name: 'b' }])
  })

  it('the output of a probe: its tolerance sees what was made of it', async () => {
    const { journal } = await playWith(
      {
        'after-activity': ({ state }) => {
          ;(state?.value as JsonObject)['output'] = 2
        },
      },
      { 'steady-state-hypothesis': hypothesisOf(answer('h', 1, 1)), method: [take('a')] },
    )
    expect(journal.steady_states.before).toMatchObject({ steady_state_met: false, probes: [{ output: 2 }] })
    expect(journal.run).toEqual([])
  })

  it('the tolerance of a probe: its output is held to the new one', async () => {
    const { journal } = await playWith(
      {
        'before-activity': ({ context }) => {
          ;(context.value as JsonObject)['tolerance'] = 2
        },
      },
      { 'steady-state-hypothesis': hypothesisOf(answer('h', 2, 1)) },
    )
    expect(journal.steady_states.before).toMatchObject({ steady_state_met: true, probes: [{ output: 2 }] })
  })

  it('the status of a probe: one that failed fails the check', async () => {
    const { journal } = await playWith(
      {
        'after-activity': ({ state }) => {
          ;(state?.value as JsonObject)['status'] = 'failed'
        },
      },
      { 'steady-state-hypothesis': hypothesisOf(answer('h', 1, 1)) },
    )
    expect(journal).toMatchObject({
      status: 'failed',
      steady_states: { before: { steady_state_met: false } },
    })
  })

  it('the verdict of a check, both ways', async () => {
    const verdict = (met: boolean): Deeds => ({
      'after-hypothesis': ({ state }) => {
        ;(state?.value as JsonObject)['steady_state_met'] = met
      },
    })
    const parts = (value: number) => ({
      'steady-state-hypothesis': hypothesisOf(answer('h', value, 1)),
      method: [take('a')],
    })
    const lost = await playWith(verdict(false), parts(1))
    expect(lost.journal).toMatchObject({
      run: [],
      steady_states: { before: { steady_state_met: false }, after: null },
    })
    const saved = await playWith(verdict(true), parts(2))
    expect(saved.journal).toMatchObject({
      status: 'completed',
      deviated: false,
      steady_states: { after: { steady_state_met: true } },
    })
    expect(saved.journal.run).toHaveLength(1)
  })

  it('configuration and secrets, for everything that follows', async () => {
    const { journal } = await playWith(
      {
        'before-method': ({ configuration, secrets }) => {
          configuration.value['word'] = 'changed'
          configuration.value['fresh'] = 1
          ;(secrets.value['g'] as JsonObject)['key'] = 'other'
        },
      },
      {
        configuration: { word: 'first' },
        secrets: { g: { key: 'one' } },
        method: [toy('probe', 'p', 'answer', { value: ['${word}', '${fresh}', '$key'] })],
      },
    )
    expect(journal.run[0]?.output).toEqual(['changed', 1, 'other'])
    expect(journal.experiment['configuration']).toEqual({ word: 'first' })
  })

  it('the method while it is played: what is inserted is played in its place', async () => {
    const { trace, journal } = await playWith(
      {
        'after-activity': ({ context, experiment }) => {
          const activity = context.value as JsonObject
          const method = experiment?.value['method'] as JsonObject[]
          const at = method.findIndex(({ name }) => name === activity['name'])
          if (activity['name'] === 'a') method.splice(at + 1, 0, take('a2'), take('a3'))
        },
      },
      { method: [take('a'), take('b')] },
    )
    expect(trace.filter((line) => line.startsWith('start'))).toEqual([
      'start a',
      'start a2',
      'start a3',
      'start b',
    ])
    expect(journal.run).toHaveLength(4)
    expect(journal.experiment['method']).toHaveLength(4)
  })

  it('the list of runs, and keys of its own anywhere', async () => {
    const { journal } = await playWith(
      {
        'after-method': ({ state }) => {
          const runs = state?.value as JsonObject[]
          Object.assign(runs[0] ?? {}, { note: { deep: true } })
          runs.pop()
        },
        'after-experiment': ({ state, experiment }) => {
          const journal = state?.value as JsonObject
          journal['note'] = 'added'
          ;((journal['run'] as JsonObject[])[0]?.['note'] as JsonObject)['deep'] = false
          Object.assign(experiment?.value ?? {}, { seen: true })
        },
      },
      { method: [take('a'), take('b')] },
    )
    expect(journal.run).toMatchObject([{ note: { deep: false } }])
    expect(journal).toMatchObject({ note: 'added', experiment: { seen: true } })
  })

  it('the journal: objects and lists under keys that it has not', async () => {
    const { journal } = await playWith(
      {
        'after-experiment': ({ state }) => {
          const journal = state?.value as JsonObject
          journal['note'] = { by: ['me'] }
          ;(journal['run'] as JsonObject[]).push({ added: true })
        },
      },
      { method: [take('a')] },
    )
    expect(journal).toMatchObject({ note: { by: ['me'] }, run: [{ status: 'succeeded' }, { added: true }] })
  })

  it('the status after the experiment, which the exit code follows', async () => {
    const { journal, status, exitCode, events } = await playWith(
      {
        'after-experiment': ({ state }) => {
          Object.assign(state?.value as JsonObject, { status: 'failed', deviated: true })
        },
      },
      { method: [take('a')] },
    )
    expect({ status, deviated: journal.deviated, exitCode }).toEqual({
      status: 'failed',
      deviated: true,
      exitCode: 1,
    })
    expect(events.at(-1)).toMatchObject({ type: 'run-completed', status: 'failed', deviated: true })
  })

  it('hooks after the experiment see the journal as it is written', async () => {
    let seen: unknown
    const { journal } = await playWith(
      {
        'after-experiment': ({ state }) => {
          seen = JSON.parse(JSON.stringify(state?.value))
        },
      },
      { ...whole, method: [harm('x')] },
    )
    expect(seen).toEqual(journal)
    expect(seen).toMatchObject({ undo: [{ status: 'undone' }], status: 'completed' })
  })

  it('an activity is skipped, with the answer that the hook gives', async () => {
    const { trace, journal } = await playWith(
      {
        'before-activity': ({ context, skip }) => {
          if ((context.value as JsonObject)['name'] === 'a') skip({ instead: 1 })
        },
      },
      { method: [take('a', 5, { pauses: { before: 60 } }), take('b')] },
    )
    expect(trace).toEqual(['start b', 'end b'])
    expect(journal.run).toMatchObject([
      { status: 'succeeded', output: { instead: 1 } },
      { status: 'succeeded' },
    ])
  })

  it('what a control makes a secret is in no event and not in the journal', async () => {
    const { journal, events } = await playWith(
      {
        'before-method': ({ secrets, configuration }) => {
          secrets.value['g'] = { token: 'fetched-by-control' }
          configuration.value['api_token'] = 'another-of-these'
        },
      },
      {
        method: [toy('probe', 'p', 'answer', { value: '${token} ${api_token}' })],
        secrets: { g: { token: 'x' } },
      },
    )
    expect(JSON.stringify([journal, events])).not.toMatch(/fetched-by-control|another-of-these/)
    expect(journal.run[0]?.output).toBe(
      '[secret g.token of a control] [secret configuration.api_token of a control]',
    )
  })

  it('hooks see secrets and whole outputs, whatever events show', async () => {
    let seen: unknown
    const { journal } = await playWith(
      {
        'after-activity': ({ state }) => {
          seen = (state as LiveDocument<JsonObject>).value['output']
        },
      },
      {
        method: [toy('probe', 'p', 'answer', { value: '${token}' })],
        secrets: { g: { token: { type: 'env', key: 'T' } } },
      },
      { environment: { T: 'sesame-open' } },
    )
    expect(seen).toBe('sesame-open')
    expect(journal.run[0]?.output).toBe('[secret g.token]')
  })

  it('settings, for the hooks that follow', async () => {
    let seen: unknown
    await playWith(
      {
        'before-method': ({ settings }) => {
          settings.value['mine'] = 1
        },
        'after-method': ({ settings }) => {
          seen = settings.value['mine']
        },
      },
      { method: [] },
      { settings: { other: 2 } },
    )
    expect(seen).toBe(1)
  })
})

describe('what a control is given', () => {
  it('every event, in order', async () => {
    const toys = toyControls()
    const seen: RunEvent[] = []
    toys.control('it', {}, { onEvent: (event) => void seen.push(event) })
    const { events } = await play(
      { controls: [toyControl('it')], method: [take('a')] },
      { others: [toys.driver] },
    )
    expect(seen).toEqual(events.slice(1))
  })

  it.each([
    { value: 1, met: true, reason: 'within tolerance' },
    { value: 2, met: false, reason: 'expected 1, found 2' },
  ])('probes of its own: $reason', async ({ value, met, reason }) => {
    let answered: unknown
    const { journal } = await playWith(
      {
        'before-method': async (_call, { probe }) => {
          answered = await probe(answer('own', value, 1))
        },
      },
      { method: [] },
    )
    expect(answered).toEqual({ output: value, met, reason })
    expect(journal.run).toEqual([])
  })

  it('a probe that fails is not met', async () => {
    let answered: unknown
    await playWith(
      {
        'before-method': async (_call, { probe }) => {
          answered = await probe(toy('probe', 'own', 'fail', { reason: 'out of order' }))
        },
      },
      { method: [] },
    )
    expect(answered).toEqual({ output: null, met: false, reason: 'out of order' })
  })
})

describe('a run of 10,000 activities', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) => toy('probe', `p${at}`, 'answer', { value: at }))
  const deeds: Deeds = {
    'before-activity': ({ context }) => {
      ;(context.value as JsonObject)['seen'] = true
    },
    'after-activity': ({ state, context, experiment }) => {
      ;(state?.value as JsonObject)['note'] = (context.value as JsonObject)['name'] as string
      Object.assign(experiment?.value ?? {}, { last: 1 })
    },
  }

  it('costs each activity as much as one of 1,000', async () => {
    const timeFor = async (count: number): Promise<number> => {
      const toys = toyControls()
      toys.control('it', deeds)
      const started = process.cpuUsage()
      const { journal } = await play(
        { controls: [toyControl('it')], method: many(count) },
        { others: [toys.driver] },
      )
      const { user, system } = process.cpuUsage(started)
      expect(journal.run).toHaveLength(count)
      expect(journal.run.at(-1)).toMatchObject({ note: `p${count - 1}`, activity: { seen: true } })
      return (user + system) / count
    }
    await timeFor(1000)
    const few = await timeFor(1000)
    expect(await timeFor(10_000)).toBeLessThan(few * 4)
  }, 60_000)
})

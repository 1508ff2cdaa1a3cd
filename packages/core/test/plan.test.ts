import { describe, expect, it } from 'vitest'
import { type Plan, type PlanOptions, planExperiment, waveThrough } from '../src/index.ts'
import { toyDriver } from './toy-driver.ts'
import {
  answer,
  experimentOf,
  harm,
  hypothesisOf,
  type LooseExperiment,
  take,
  toy,
} from './toy-experiment.ts'

const { driver, trace } = toyDriver()

async function plan(parts: LooseExperiment, options: Partial<PlanOptions> = {}): Promise<Plan> {
  return planExperiment(waveThrough(experimentOf(parts) as never), {
    drivers: [driver],
    environment: {},
    ...options,
  })
}

describe('planExperiment', () => {
  it('says what each list holds and who carries it out', async () => {
    const { title, activities } = await plan({
      title: 'Break ${what}',
      configuration: { what: 'the lamp' },
      'steady-state-hypothesis': hypothesisOf(answer('lit', true, true)),
      method: [harm('${what}'), { ref: 'lit', background: true }],
      rollbacks: [take('tidy', 0, { background: true })],
    })
    expect(title).toBe('Break the lamp')
    expect(activities).toEqual([
      { list: 'before', name: 'lit', type: 'probe', background: false, by: 'toy answer' },
      {
        list: 'method',
        name: 'harm ${what}',
        type: 'action',
        background: false,
        by: 'toy harm',
        targets: ['the lamp'],
        undo: 'undone by mend, mend_badly, mend_never',
      },
      { list: 'method', name: 'lit', type: 'probe', background: true, by: 'toy answer' },
      { list: 'after', name: 'lit', type: 'probe', background: false, by: 'toy answer' },
      {
        list: 'rollbacks',
        name: 'tidy',
        type: 'action',
        background: true,
        by: 'toy take',
        targets: ['tidy'],
        undo: 'cannot be undone',
      },
    ])
  })

  it.each([
    {
      name: 'what a driver does not know yet',
      activity: toy('action', 'a', 'refuse_to_stop', { name: 'a', seconds: 1 }),
      targets: { unknown: 'it does not say' },
    },
    {
      name: 'wrong arguments',
      activity: toy('action', 'a', 'take', {}),
      targets: { unknown: expect.stringContaining("Arguments of 'a': name:") },
    },
    {
      name: 'a provider type of its own',
      activity: { type: 'action', name: 'a', provider: { type: 'raw', say: 'it' } },
      targets: ['it'],
    },
    {
      name: 'an alias',
      activity: {
        type: 'action',
        name: 'a',
        provider: { type: 'python', module: 'toys.actions', func: 'take', arguments: { name: 'x' } },
      },
      targets: ['x'],
    },
    {
      name: 'an action that the file calls a probe',
      activity: { ...harm('lamp'), type: 'probe' },
      targets: ['lamp'],
    },
  ])('tells the targets of $name', async ({ activity, targets }) => {
    const { activities } = await plan({ method: [activity] })
    expect(activities[0]?.targets).toEqual(targets)
  })

  it.each([
    {
      name: 'a provider type with a sentence about it',
      activity: { type: 'action', name: 'a', provider: { type: 'raw', say: 'it' } },
      undo: 'There is nothing to undo.',
    },
    {
      name: 'what is kept on purpose',
      activity: harm('lamp', { keep: true }),
      undo: 'kept on purpose (`keep`): nothing undoes it',
    },
    { name: 'what cannot be undone', activity: take('a'), undo: 'cannot be undone' },
  ])('tells how $name is undone', async ({ activity, undo }) => {
    const { activities } = await plan({ method: [activity] })
    expect(activities[0]?.undo).toBe(undo)
  })

  it('says nothing of targets where an action of the file only looks', async () => {
    const { activities } = await plan({ method: [{ ...answer('a', 1, null), type: 'action' }] })
    expect(activities).toEqual([
      { list: 'method', name: 'a', type: 'action', background: false, by: 'toy answer' },
    ])
  })

  it('uses overrides and secrets', async () => {
    const { activities } = await plan(
      {
        configuration: { who: 'x' },
        secrets: { g: { surname: { type: 'env', key: 'S' } } },
        method: [take('${who} ${surname}')],
      },
      { overrides: { configuration: { who: 'lamp' } }, environment: { S: 'two' } },
    )
    expect(activities[0]?.targets).toEqual(['lamp two'])
  })

  it('changes nothing', async () => {
    await plan({ method: [harm('lamp'), take('a')], rollbacks: [take('b')] })
    expect(trace).toEqual([])
  })

  it.each([
    {
      name: 'a type that nobody provides',
      method: [{ type: 'action', name: 'a', provider: { type: 'nobody' } }],
      code: 'SQUALL_DRIVER_MISSING',
    },
    { name: 'a ref that leads nowhere', method: [{ ref: 'x' }], code: 'SQUALL_REF_UNKNOWN' },
  ])('refuses $name', async ({ method, code }) => {
    await expect(plan({ method })).rejects.toMatchObject({ code })
  })

  it('says how each is played that the file asks for', async () => {
    const until = { until: { timeout: '${patience}', interval: 0.5 } }
    const { activities } = await plan({
      configuration: { patience: 30 },
      'steady-state-hypothesis': hypothesisOf(answer('lit', true, true, until)),
      method: [
        toy('probe', 'a', 'answer', {}, { until: { timeout: 9, tolerance: 1 }, onFailure: 'stop' }),
        take('b', 0, { retry: { attempts: 3, interval: 2 }, onFailure: 'abort' }),
        take('c', 0, { repeat: { count: 4, interval: 1, while: 'succeeded' } }),
        answer('d', 1, 1, { evaluate: true, repeat: { count: 2, while: { tolerance: 1 } } }),
        take('e', 0, { retry: { attempts: '${nobody}' } }),
        toy('action', 'f', 'take', { name: '${steps.a.output}' }),
      ],
      rollbacks: [take('r', 0, { when: ['failed', 'aborted'] })],
      runtime: { hypothesis: { after_rollbacks: true } },
    })
    expect(activities.map(({ list, name, how }) => [list, name, ...(how ?? [])])).toEqual([
      ['before', 'lit', 'asked every 0.5 s until its tolerance holds, for at most 30 s'],
      [
        'method',
        'a',
        'asked every 1 s until its tolerance holds, for at most 9 s',
        'on failure nothing more of this list is played',
      ],
      ['method', 'b', 'tried up to 3 times while it fails, every 2 s', 'on failure the run is aborted'],
      ['method', 'c', 'played 4 times, every 1 s, as long as it has succeeded'],
      ['method', 'd', 'played 2 times, as long as its tolerance holds', 'held to its tolerance'],
      ['method', 'e'],
      ['method', 'f'],
      ['after', 'lit', 'asked every 0.5 s until its tolerance holds, for at most 30 s'],
      ['rollbacks', 'r', 'played when the run ended like this: failed, aborted'],
      ['end', 'lit', 'asked every 0.5 s until its tolerance holds, for at most 30 s'],
    ])
    expect(activities.find(({ name }) => name === 'e')?.refused).toContain(
      'Its `retry.attempts` is ${nobody}',
    )
    expect(activities.find(({ name }) => name === 'f')?.targets).toEqual({
      unknown: '${steps.a.output} is known during the run',
    })
  })
})

import { describe, expect, it } from 'vitest'
import { DeadRun } from '../../test/dead-run.ts'
import type { RunCard } from './run-card.ts'

interface Case {
  readonly name: string
  readonly strategy: string
  readonly card?: Partial<RunCard>
  readonly played: boolean
}

describe('the rollbacks of a run whose runner is gone', () => {
  const cases: Case[] = [
    { name: 'are played with the strategy always', strategy: 'always', played: true },
    { name: 'are left out with the default strategy', strategy: 'default', played: false },
    { name: 'are left out with the strategy never', strategy: 'never', played: false },
    { name: 'are left out with the strategy deviated', strategy: 'deviated', played: false },
    {
      name: 'are played when that was asked for',
      strategy: 'default',
      card: { rollbacksOnCrash: true },
      played: true,
    },
  ]
  it.each(cases)('$name', async ({ strategy, card, played }) => {
    const run = await DeadRun.after(
      (dead) => [
        dead.started({ rollbacks: [dead.harm('shutters')] }, strategy),
        {
          type: 'activity-started',
          id: 3,
          phase: 'method',
          check: 0,
          activity: { name: 'a' },
          background: false,
        },
        dead.registered(1, 'one'),
      ],
      card,
    )
    expect(await run.heal()).toMatchObject({ status: 'healed' })
    // What they do is undone after them.
    const rollbacks = ['break shutters', 'mend shutters']
    expect(await run.trace()).toEqual(['mend one', ...(played ? rollbacks : [])])
    const { rollbacks: shown, undo, status } = await run.journal()
    expect(status).toBe('interrupted')
    expect(shown).toHaveLength(played ? 1 : 0)
    expect(undo?.map(({ activity }) => activity)).toEqual(['harm one', ...(played ? ['harm shutters'] : [])])
    const decided = (await run.events()).flatMap((event) =>
      event.type === 'rollbacks-decided' ? [event.play] : [],
    )
    expect(decided).toEqual([played])
  })

  it('number what they do on from what the runner did', async () => {
    const run = await DeadRun.after((dead) => [
      dead.started({ rollbacks: [dead.harm('shutters')] }, 'always'),
      {
        type: 'activity-started',
        id: 3,
        phase: 'method',
        check: 0,
        activity: { name: 'a' },
        background: false,
      },
      dead.registered(1, 'one'),
    ])
    await run.heal()
    const events = await run.events()
    expect(events.flatMap((event) => (event.type === 'activity-started' ? [event.id] : []))).toEqual([3, 4])
    expect(events.flatMap((event) => (event.type === 'undo-registered' ? [event.undo] : []))).toEqual([1, 2])
  })

  it.each([
    { name: 'were played before', done: { type: 'rollbacks-completed' } as const },
    { name: 'were waved off by SIGUSR2', done: { type: 'interrupted', by: 'SIGUSR2' } as const },
  ])('are left out when they $name', async ({ done }) => {
    const run = await DeadRun.after((dead) => [
      dead.started({ rollbacks: [dead.harm('shutters')] }, 'always'),
      done,
    ])
    expect(await run.heal()).toMatchObject({ status: 'healed' })
    expect(await run.trace()).toEqual([])
  })

  it('wait for a healer that has what their configuration needs', async () => {
    const configuration = { host: { type: 'env', key: 'THE_HOST' } }
    const run = await DeadRun.after((dead) => [
      dead.started({ configuration, rollbacks: [dead.harm('shutters of ${host}')] }, 'always'),
      dead.registered(1, 'one'),
    ])
    expect(await run.heal()).toMatchObject({ status: 'failed' })
    expect(await run.trace()).toEqual(['mend one'])
    expect(await run.heal({ THE_HOST: 'here' })).toMatchObject({ status: 'healed' })
    expect((await run.trace()).slice(1)).toEqual(['break shutters of here', 'mend shutters of here'])
  })

  it('use the configuration that replaced the one of the experiment', async () => {
    const run = await DeadRun.after(
      (dead) => [
        dead.started({ configuration: { host: 'there' }, rollbacks: [dead.harm('${host}')] }, 'always'),
        dead.registered(1, 'one'),
      ],
      { configuration: { host: 'here' } },
    )
    await run.heal()
    expect((await run.trace()).slice(1)).toEqual(['break here', 'mend here'])
  })

  it('are those that controls have left', async () => {
    const run = await DeadRun.after((dead) => [
      dead.started({ rollbacks: [dead.harm('shutters')] }, 'always'),
      {
        type: 'control-changed',
        control: 'c',
        hook: 'before-method',
        document: 'journal',
        changes: [
          { op: 'splice', path: ['experiment', 'rollbacks'], at: 1, remove: 0, insert: [dead.harm('doors')] },
        ],
      },
      dead.registered(1, 'one'),
    ])
    await run.heal()
    expect((await run.trace()).filter((line) => line.startsWith('break'))).toEqual([
      'break shutters',
      'break doors',
    ])
  })

  it('touch nothing that is protected', async () => {
    const protection = { patterns: [], ports: [], processes: [], users: [] }
    const run = await DeadRun.after(
      (dead) => [dead.started({ rollbacks: [dead.harm('shutters')] }, 'always'), dead.registered(1, 'one')],
      { protection: { ...protection, patterns: ['*shutters*'] } },
    )
    await run.heal()
    expect(await run.trace()).toEqual(['mend one'])
    expect((await run.journal()).rollbacks[0]?.status).toBe('failed')
  })

  it('are left out one by one where their own `when` says so', async () => {
    const rollbacks = [
      { thing: 'lamp', when: 'completed' },
      { thing: 'shutters', when: ['failed', 'interrupted'] },
    ]
    const run = await DeadRun.after((dead) => [
      dead.started(
        { rollbacks: rollbacks.map(({ thing, when }) => ({ ...dead.harm(thing), when })) },
        'always',
      ),
      dead.registered(1, 'one'),
    ])
    await run.heal()
    expect(await run.trace()).toEqual(['mend one', 'break shutters', 'mend shutters'])
    expect((await run.journal()).rollback_decision).toEqual({
      play: true,
      strategy: 'always',
      reason: 'the runner disappeared',
      skipped: [{ activity: 'harm lamp', reason: 'its `when` is completed and the run was interrupted' }],
    })
  })

  it('use what the activities of the dead runner answered, with their secrets in place', async () => {
    const run = await DeadRun.after((dead) => [
      dead.started(
        {
          secrets: { shop: { token: { type: 'env', key: 'TOKEN' } } },
          rollbacks: [
            dead.harm('${steps.look.output.things[1]} ${steps.look.output.token}'),
            dead.harm('${steps.cut.output.x}'),
          ],
        },
        'always',
      ),
      {
        type: 'activity-started',
        id: 1,
        phase: 'method',
        check: 0,
        activity: { name: 'look' },
        background: false,
      },
      {
        type: 'activity-completed',
        id: 1,
        status: 'succeeded',
        output: { things: ['lamp', 'shutters'], token: '[secret shop.token]' },
        duration: 1,
      },
      {
        type: 'activity-started',
        id: 2,
        phase: 'method',
        check: 0,
        activity: { name: 'cut' },
        background: false,
      },
      dead.registered(1, 'one'),
    ])
    await run.heal({ TOKEN: 'tr0ub4dor' })
    expect(await run.trace()).toContain('break shutters tr0ub4dor')
    const { rollbacks } = await run.journal()
    expect(rollbacks.map(({ status }) => status)).toEqual(['succeeded', 'failed'])
    expect(rollbacks[1]?.exception?.at(-1)).toContain("'cut' has not ended yet")
    expect(JSON.stringify(await run.journal())).not.toContain('tr0ub4dor')
  })
})

it('have the options that each driver had in the run', async () => {
  const run = await DeadRun.after(
    (dead) => [dead.started({ rollbacks: [dead.harm('shutters')] }, 'always'), dead.registered(1, 'one')],
    { driverOptions: { mending: { how: ' with care' } } },
  )
  expect(await run.heal()).toMatchObject({ status: 'healed' })
  expect(await run.trace()).toEqual(['mend one', 'break shutters with care', 'mend shutters'])
})

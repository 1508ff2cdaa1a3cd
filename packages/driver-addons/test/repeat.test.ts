import type { JsonObject } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { repeat } from '../src/repeat.ts'
import { RememberingRun } from './control-context.ts'

const activity = (name: string, more: JsonObject = {}): JsonObject => ({ type: 'action', name, ...more })
const names = (list: unknown): string[] =>
  (list as JsonObject[]).map(
    ({ name, ref, iteration_index: index }) =>
      `${name ?? `ref ${ref}`}${index === undefined ? '' : ` ${index}`}`,
  )

async function after(
  experiment: JsonObject,
  context: JsonObject,
  args: JsonObject,
  status = 'succeeded',
): Promise<RememberingRun> {
  const run = new RememberingRun()
  const declaration = { name: 'r', provider: { type: 'addons' }, isGlobal: false }
  const { hooks } = await repeat.open(declaration, run.context)
  await hooks['after-activity']?.(run.call(args, { context, experiment, state: { status } }))
  return run
}

describe('after an activity', () => {
  it.each(['method', 'rollbacks'])('of the %s, copies stand right behind it', async (list) => {
    const twice = activity('same')
    const experiment = { [list]: [{ ref: 'other' }, activity('same'), twice, activity('last')] }
    await after(experiment, twice, { repeat_count: 3 })
    expect(names(experiment[list])).toEqual(['ref other', 'same', 'same', 'same 1', 'same 2', 'last'])
  })

  it('of a hypothesis that is checked again, there are no more copies', async () => {
    const probe = activity('p')
    const experiment = { 'steady-state-hypothesis': { probes: [probe] }, method: [] }
    for (let check = 0; check < 3; check += 1) await after(experiment, probe, { repeat_count: 2 })
    expect(names(experiment['steady-state-hypothesis'].probes)).toEqual(['p', 'p 1'])
  })

  it.each([0, 1])('a count of %i adds none', async (repeat_count) => {
    const one = activity('one')
    const experiment = { method: [one] }
    await after(experiment, one, { repeat_count })
    expect(experiment.method).toHaveLength(1)
  })

  it('that is a copy itself adds none', async () => {
    const copy = activity('one', { iteration_index: 1 })
    const experiment = { method: [activity('one'), copy] }
    await after(experiment, copy, { repeat_count: 5 })
    expect(experiment.method).toHaveLength(2)
  })

  it('that failed, copies are played unless they are told not to', async () => {
    const one = activity('one')
    const experiment = { method: [one] }
    await after(experiment, one, { repeat_count: 2, break_if_previous_iteration_failed: true }, 'failed')
    expect(names(experiment.method)).toEqual(['one'])
    await after(experiment, one, { repeat_count: 2 }, 'failed')
    expect(names(experiment.method)).toEqual(['one', 'one 1'])
  })

  it('whose copy failed, the rest is taken back', async () => {
    const copy = activity('one', { iteration_index: 1 })
    const rest = [2, 3].map((iteration_index) => activity('one', { iteration_index }))
    const experiment = { method: [activity('one'), copy, ...rest, activity('last')] }
    const args = { repeat_count: 4, break_if_previous_iteration_failed: true }
    await after(experiment, copy, args, 'failed')
    expect(names(experiment.method)).toEqual(['one', 'one 1', 'last'])
  })

  it('in the background, there are none, which is told', async () => {
    const one = activity('one', { background: true })
    const experiment = { method: [one, activity('last')] }
    const { warnings } = await after(experiment, one, { repeat_count: 2 })
    expect(experiment.method).toHaveLength(2)
    expect(warnings).toEqual([expect.stringContaining("'one' is not repeated")])
  })
})

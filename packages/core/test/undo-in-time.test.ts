import type { JsonObject, RunEvent } from '@squall/contract'
import { expect, it } from 'vitest'
import type { Run } from '../src/index.ts'
import { harm, type LooseExperiment, play, take } from './toy-experiment.ts'

const start = Date.UTC(2026, 0, 2, 3, 4, 5)

/** What became of each undo: its number, how it ended, and after how many seconds. */
function undos(events: readonly RunEvent[]): string[] {
  return events.flatMap((event) =>
    event.type === 'undo-completed'
      ? [`${event.undo} ${event.status} at ${(event.time - start) / 1000}`]
      : [],
  )
}

const after = (seconds: number): JsonObject => ({ undo: { after: seconds } })

it.each<{ name: string; parts: LooseExperiment; undone: string[]; trace: string[] }>([
  {
    name: 'in time, and not again at the end',
    parts: { method: [harm('a', after(5)), take('wait', 20)] },
    undone: ['1 undone at 5'],
    trace: ['break a', 'start wait', 'mend a', 'end wait'],
  },
  {
    name: 'at the end of a run that ends first',
    parts: { method: [harm('a', after(50)), take('wait', 20)] },
    undone: ['1 undone at 20'],
    trace: ['break a', 'start wait', 'end wait', 'mend a'],
  },
  {
    name: 'each by its own time, the others at the end, newest first',
    parts: { method: [harm('a', after(9)), harm('b', after(5)), harm('c'), harm('d'), take('wait', 20)] },
    undone: ['2 undone at 5', '1 undone at 9', '4 undone at 20', '3 undone at 20'],
    trace: [
      ...['break a', 'break b', 'break c', 'break d', 'start wait', 'mend b', 'mend a'],
      ...['end wait', 'mend d', 'mend c'],
    ],
  },
  {
    name: 'by a time of the configuration',
    parts: {
      configuration: { soon: 5 },
      method: [harm('a', { undo: { after: '${soon}' } }), take('wait', 20)],
    },
    undone: ['1 undone at 5'],
    trace: ['break a', 'start wait', 'mend a', 'end wait'],
  },
  {
    name: 'with the arguments that it was amended by',
    parts: { method: [harm('a', after(5), { amended: 'b' }), take('wait', 20)] },
    undone: ['1 undone at 5'],
    trace: ['break a', 'start wait', 'mend b', 'end wait'],
  },
  {
    name: 'while its activity goes on, and once more when that has ended; told once',
    parts: { method: [harm('a', after(5), { seconds: 9 }), take('wait', 20)] },
    undone: ['1 undone at 9'],
    trace: ['break a', 'mend a', 'mend a', 'start wait', 'end wait'],
  },
  {
    name: 'in the rollbacks too',
    parts: { rollbacks: [harm('a', after(5)), take('wait', 20)] },
    undone: ['1 undone at 5'],
    trace: ['break a', 'start wait', 'mend a', 'end wait'],
  },
  {
    name: 'never where the effect is kept',
    parts: { method: [harm('a', { ...after(5), keep: true }), take('wait', 20)] },
    undone: [],
    trace: ['break a', 'start wait', 'end wait'],
  },
])('undoes $name', async ({ parts, undone, trace }) => {
  const played = await play(parts)
  expect(undos(played.events)).toEqual(undone)
  expect(played.trace).toEqual(trace)
  expect(played.exitCode).toBe(0)
})

it('tells what cannot be undone in time, and tries again at the end of the run', async () => {
  const { journal, events, trace, exitCode } = await play({
    method: [harm('a', after(5), { undo: 'mend_badly' }), take('wait', 20)],
  })
  const said = events.flatMap((event) =>
    event.type === 'log' ? [`${event.level} ${event.activity}: ${event.message}`] : [],
  )
  expect(said).toEqual([
    'warning harm a: It could not be undone after 5 s: a is beyond repair. The end of the run tries again.',
  ])
  expect(trace.filter((line) => line === 'try a')).toHaveLength(8)
  expect(journal.undo).toMatchObject([{ status: 'failed', reason: 'a is beyond repair' }])
  expect(exitCode).toBe(1)
})

it('gives up one that hangs when the run is interrupted twice, and undoes the others', async () => {
  const { journal, trace } = await play(
    { method: [harm('b'), harm('a', after(5), { undo: 'mend_never' }), take('wait', 20)] },
    { onStart: (run) => void insist(run) },
  )
  expect(trace).toEqual(['break b', 'break a', 'start wait', 'try a', 'end wait', 'try a', 'mend b'])
  expect(journal.undo).toMatchObject([
    { activity: 'harm a', status: 'failed' },
    { activity: 'harm b', status: 'undone' },
  ])
})

/** Interrupts a run that undoes, again and again until an undo is over. */
async function insist(run: Run): Promise<void> {
  let insisting: NodeJS.Timeout | undefined
  for await (const { type } of run.events) {
    if (type === 'rollbacks-completed') insisting = setInterval(() => run.interrupt('SIGINT'), 5)
    if (type === 'undo-completed') clearInterval(insisting)
  }
}

it('fails an activity before the harm when its time is none', async () => {
  const { journal, trace } = await play({
    method: [harm('a', { undo: { after: 'soon' } }), harm('b', { max_duration: -1 }), take('c')],
  })
  expect(journal.run.map(({ status }) => status)).toEqual(['failed', 'failed', 'succeeded'])
  expect(trace).toEqual(['start c', 'end c'])
})

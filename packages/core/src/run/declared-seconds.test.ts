import type { JsonValue } from '@squall/contract'
import { expect, it } from 'vitest'
import { makeVariables } from '../configuration/substitute.ts'
import { maxDurationOf, undoAfterOf } from './declared-seconds.ts'

const variables = makeVariables({ limit: 2.5, text: 'soon', nothing: null }, {})

it.each<{ declared: JsonValue | undefined; seconds: number | undefined }>([
  { declared: undefined, seconds: undefined },
  { declared: null, seconds: undefined },
  { declared: 3, seconds: 3 },
  { declared: 0, seconds: 0 },
  { declared: 0.25, seconds: 0.25 },
  { declared: '${limit}', seconds: 2.5 },
  { declared: '${nothing}', seconds: undefined },
])('$declared is $seconds seconds', ({ declared, seconds }) => {
  const activity = declared === undefined ? {} : { max_duration: declared, undo: { after: declared } }
  expect(maxDurationOf(activity, variables)).toBe(seconds)
  expect(undoAfterOf(activity, variables)).toBe(seconds)
})

it.each<{ declared: JsonValue; shown: string }>([
  { declared: -1, shown: '-1' },
  { declared: '5', shown: '5' },
  { declared: true, shown: 'true' },
  { declared: [3], shown: '[3]' },
  { declared: '${text}', shown: 'soon' },
  { declared: '${unknown}', shown: '${unknown}' },
  { declared: Number.NaN, shown: 'null' },
])('$declared is no time', ({ declared, shown }) => {
  const failure = (key: string) =>
    expect.objectContaining({
      code: 'SQUALL_ACTIVITY_FAILED',
      message: `Its \`${key}\` is ${shown}, which is no number of seconds.`,
    })
  expect(() => maxDurationOf({ max_duration: declared }, variables)).toThrow(failure('max_duration'))
  expect(() => undoAfterOf({ undo: { after: declared } }, variables)).toThrow(failure('undo.after'))
})

it.each([{ undo: 5 }, { undo: 'later' }, { undo: null }, { undo: [] }, {}])(
  'an activity with $undo asks for no undo in time',
  (activity) => {
    expect(undoAfterOf(activity as Record<string, JsonValue>, variables)).toBeUndefined()
  },
)

import { ActivityFailed, SquallError } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { exceptionLines, reasonOf } from './exception-lines.ts'

describe('exceptionLines', () => {
  it('is one line for an error of squall', () => {
    expect(exceptionLines(new ActivityFailed('Nothing listens on 8080.'))).toEqual([
      'ActivityFailed: Nothing listens on 8080.\n',
    ])
  })

  it('is the trace of another language where there is one', () => {
    const trace = ['Traceback (most recent call last):\n', 'ValueError: 5\n']
    const failed = new ActivityFailed('ValueError: 5', { trace, cause: new Error('hidden') })
    expect(exceptionLines(failed)).toEqual(trace)
  })

  it('begins with the deepest cause and ends with the error itself', () => {
    const unknown = new SquallError('SQUALL_REF_UNKNOWN', { ref: 'x' }, { cause: 'a text' })
    expect(exceptionLines(new ActivityFailed('It failed.', { cause: unknown }))).toEqual([
      'a text\n',
      'which led to:\n',
      "SquallError: 'ref' names 'x', which is no activity of the method or the hypothesis.\n",
      'which led to:\n',
      'ActivityFailed: It failed.\n',
    ])
  })

  it('keeps the stack of a foreign error', () => {
    const [line = ''] = exceptionLines(new TypeError('no number'))
    expect(line).toMatch(/^TypeError: no number\n {4}at .+exception-lines\.test\.ts[\s\S]+\n$/)
  })

  it.each<{ thrown: unknown; line: string }>([
    { thrown: 'a text', line: 'a text\n' },
    { thrown: 5, line: '5\n' },
    { thrown: null, line: 'null\n' },
    { thrown: { a: 1 }, line: '{"a":1}\n' },
    { thrown: { toString: 1 }, line: '{"toString":1}\n' },
    { thrown: 1n, line: '(bigint)\n' },
  ])('writes what is no error: $line', ({ thrown, line }) => {
    expect(exceptionLines(thrown)).toEqual([line])
  })

  it('ends where causes go in a circle', () => {
    const [first, second] = [new ActivityFailed('One.'), new ActivityFailed('Two.')]
    first.cause = second
    second.cause = first
    expect(exceptionLines(first).filter((line) => line === 'which led to:\n')).toHaveLength(9)
  })

  it('does without a stack', () => {
    const error = new Error('bare')
    Object.defineProperty(error, 'stack', { value: undefined })
    expect(exceptionLines(error)).toEqual(['Error: bare\n'])
  })
})

describe('reasonOf', () => {
  it.each<{ error: unknown; reason: string }>([
    { error: new Error('It is gone.'), reason: 'It is gone' },
    { error: new Error('one\n  two'), reason: 'one two' },
    { error: 'a text.', reason: 'a text' },
    { error: undefined, reason: 'undefined' },
  ])('$reason', ({ error, reason }) => {
    expect(reasonOf(error)).toBe(reason)
  })
})

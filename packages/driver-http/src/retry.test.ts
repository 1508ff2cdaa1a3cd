import { describe, expect, it } from 'vitest'
import { mayRepeat, retryAfterMs } from './retry.ts'
import { TransportError } from './transport.ts'

describe('mayRepeat', () => {
  it.each([
    { stage: 'connect', method: 'POST', repeat: true },
    { stage: 'connect', method: 'GET', repeat: true },
    { stage: 'answer', method: 'GET', repeat: true },
    { stage: 'answer', method: 'DELETE', repeat: true },
    { stage: 'answer', method: 'POST', repeat: false },
    { stage: 'answer', method: 'PATCH', repeat: false },
    { stage: 'body', method: 'GET', repeat: false },
  ] as const)('$method that failed at $stage: $repeat', ({ stage, method, repeat }) => {
    expect(mayRepeat(new TransportError(stage, false, 'x'), method)).toBe(repeat)
  })

  it('not for errors of our own', () => {
    expect(mayRepeat(new Error('x'), 'GET')).toBe(false)
  })
})

describe('retryAfterMs', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')
  it.each([
    { status: 503, after: '7', method: 'GET', waitMs: 7000 },
    { status: 429, after: ' 0 ', method: 'PUT', waitMs: 0 },
    { status: 413, after: 'Thu, 01 Jan 2026 00:00:09 GMT', method: 'GET', waitMs: 9000 },
    { status: 503, after: 'Wed, 31 Dec 2025 00:00:00 GMT', method: 'GET', waitMs: 0 },
    { status: 503, after: 'soon', method: 'GET', waitMs: 0 },
    { status: 503, after: '7', method: 'POST', waitMs: undefined },
    { status: 500, after: '7', method: 'GET', waitMs: undefined },
    { status: 503, after: '', method: 'GET', waitMs: undefined },
  ])('$method, $status, Retry-After $after: $waitMs', ({ status, after, method, waitMs }) => {
    const answer = { status, headers: [['retry-after', after]] as const, body: Buffer.alloc(0) }
    expect(retryAfterMs(answer, method, now)).toBe(waitMs)
  })
})

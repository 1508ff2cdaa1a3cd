import type { RunEventBody } from '@squall/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NamedSecret } from './named-secrets.ts'
import { Redactor } from './redactor.ts'

const secret = (name: string, value: string): NamedSecret => ({ name, value, isElsewhere: true })
const value = 'h4ß "q\\s/+&= ü'
const redactor = new Redactor([secret('api.token', value)])
const base64 = (text: string): string => Buffer.from(text).toString('base64')

describe('a secret in a text', () => {
  it.each([
    { name: 'as it is', text: value },
    { name: 'as encodeURIComponent writes it', text: encodeURIComponent(value) },
    {
      name: 'with lower-case percent codes',
      text: encodeURIComponent(value).replace(/%../g, (code) => code.toLowerCase()),
    },
    { name: 'as a form writes it', text: new URLSearchParams({ v: value }).toString().slice(2) },
    { name: 'as a URL writes it', text: encodeURI(value) },
    { name: 'as JSON', text: JSON.stringify(value).slice(1, -1) },
    {
      name: 'as JSON in ASCII',
      text: JSON.stringify(value)
        .slice(1, -1)
        .replace(/[ßü]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`),
    },
    { name: 'as JSON in JSON', text: JSON.stringify(JSON.stringify(value)).slice(3, -3) },
    { name: 'as JSON with escaped slashes', text: JSON.stringify(value).slice(1, -1).replace('/', '\\/') },
    { name: 'on one line', text: value.replace(' ', '\n  ') },
    { name: 'in base64', text: base64(value).replace(/=+$/, '') },
    { name: 'in URL-safe base64', text: Buffer.from(value).toString('base64url') },
  ])('is replaced $name', ({ text }) => {
    expect(redactor.text(`before:${text}:after`)).toBe('before:[secret api.token]:after')
  })

  it.each([
    ['u:', 'Basic dTpo', 3],
    ['us:', 'Basic dXM6', 6],
    ['usr:', 'Basic dXNyO', 7],
  ])('is replaced inside the base64 text of %s', (user, beginning, kept) => {
    const redacted = redactor.text(`Basic ${base64(`${user}${value}!`)}`)
    expect(redacted).toContain('[secret api.token]')
    expect(beginning).toContain(redacted.slice(0, 6 + kept - 3))
    expect(redacted.replace('[secret api.token]', '').length).toBeLessThan(20)
  })

  it('is replaced in base64 that was wrapped', () => {
    const long = secret('k', 'a-rather-long-token-'.repeat(8))
    const wrapped = base64(`user:${long.value}`).replace(/.{76}/g, '$&\n')
    expect(new Redactor([long]).text(wrapped)).toMatch(/^dXNlcj\[secret k\]=*\n?$/)
  })

  it.each([
    { name: 'an ellipsis', text: 'value "prefix-0123456789-abc…" (400 characters)' },
    { name: 'dots', text: 'value "prefix-0123456789-abc..."' },
  ])('is replaced as far as it stands before $name', ({ text }) => {
    const cut = new Redactor([secret('k', '0123456789-abcdefghi')])
    expect(cut.text(text)).toMatch(/^value "prefix-\[secret k\](…|\.\.\.)/)
  })

  it.each([5, 255, 256, 257, 900])('is replaced where it was cut after %i of its characters', (length) => {
    const long = Array.from({ length: 300 }, (_, at) => `${at}-`).join('')
    const redacted = new Redactor([secret('k', long)]).text(`<${long.slice(0, length)}… more>`)
    expect(redacted).toBe('<[secret k]… more>')
  })

  it.each([
    { name: 'as a whole', text: (pem: string) => pem },
    { name: 'escaped', text: (pem: string) => JSON.stringify(pem).slice(1, -1) },
    { name: 'URL-encoded', text: encodeURIComponent },
    { name: 'line by line', text: (pem: string) => pem.split('\n')[20] ?? '' },
    { name: 'in base64', text: (pem: string) => base64(pem).replace(/=+$/, '') },
  ])('of many lines is replaced $name', ({ text }) => {
    const lines = Array.from({ length: 60 }, (_, line) => base64(`line ${line} of a key that is long`))
    const pem = `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----`
    expect(new Redactor([secret('key', pem)]).text(`<${text(pem)}>`)).toBe('<[secret key]>')
  })

  it('of many lines does not take its ordinary words along', () => {
    const settings = new Redactor([secret('settings', 'kind: Config\nclusters:\n- name: default\n')])
    expect(settings.text('kind: Config clusters: - name: other')).toBe('kind: Config clusters: - name: other')
  })

  it('leaves nothing of two that overlap', () => {
    const both = new Redactor([secret('a', 'abcdef'), secret('b', 'defghijkl')])
    expect(both.text('x abcdefghijkl abcdef y')).toBe('x [secret b] [secret a] y')
  })

  it('is named by the longest that contains it', () => {
    const both = new Redactor([secret('short', 'abcdef'), secret('long', 'abcdef-ghi')])
    expect(both.text('abcdef abcdef-ghi')).toBe('[secret short] [secret long]')
  })

  it('without a letter or digit is found too', () => {
    const odd = new Redactor([secret('odd', '!"#$%&/')])
    expect(odd.text(`a ${encodeURIComponent('!"#$%&/')} b`)).toBe('a [secret odd] b')
  })
})

/** Any text a person might take for a password, and what might stand around it. */
const password = fc
  .string({ unit: 'grapheme-ascii', minLength: 6, maxLength: 40 })
  .filter((text) => text.trim() === text)
const around = fc.string({ unit: 'grapheme-ascii', maxLength: 12 })

const forms: Readonly<Record<string, (text: string) => string>> = {
  raw: (text) => text,
  url: encodeURIComponent,
  form: (text) => new URLSearchParams({ '': text }).toString().slice(1),
  json: (text) => JSON.stringify(text).slice(1, -1),
  base64,
  base64url: (text) => Buffer.from(text).toString('base64url'),
}

it.each(Object.entries(forms))('finds any secret inside any text written as %s', (_name, write) => {
  fc.assert(
    fc.property(password, around, around, (text, before, after) => {
      const redacted = new Redactor([secret('it', text)]).text(write(`${before}${text}${after}`))
      expect(redacted).toContain('[secret it]')
      expect(redacted.replaceAll('[secret it]', '')).not.toContain(write(text))
    }),
    { seed: 3, numRuns: 300 },
  )
})

describe('a value', () => {
  it('is rewritten in texts, keys and numbers', () => {
    const numeric = new Redactor([secret('pin', '12345678'), secret('word', 'swordfish')])
    expect(
      numeric.value({ swordfish: ['a swordfish'], n: 12345678, deep: { left: [1, null, true] } }),
    ).toEqual({
      '[secret word]': ['a [secret word]'],
      n: '[secret pin]',
      deep: { left: [1, null, true] },
    })
  })

  it('is the same one when it holds no secret', () => {
    const plain = { a: ['b', { c: 1 }] }
    expect(redactor.value(plain)).toBe(plain)
    expect(Redactor.none.value(plain)).toBe(plain)
  })
})

describe('an event', () => {
  const failing = new Redactor([secret('odd', 'failed'), secret('token', 'swordfish')])

  it('keeps the words of squall itself', () => {
    const body: RunEventBody = { type: 'status-changed', status: 'failed', reason: 'it failed: swordfish' }
    expect(failing.event(body)).toEqual({ ...body, reason: 'it [secret odd]: [secret token]' })
  })

  it('is the same one when it holds no secret', () => {
    const body: RunEventBody = { type: 'log', level: 'info', message: 'all is well' }
    expect(failing.event(body)).toBe(body)
  })

  it('keeps the names under which an experiment declares its secrets, and says in which form others stood', () => {
    const experiment = {
      title: 'swordfish',
      secrets: {
        swordfish: { swordfish: { type: 'env', key: 'swordfish' } },
        other: { literal: 'swordfish' },
      },
      method: [{ name: 'a', provider: { arguments: { swordfish: base64('swordfish') } } }],
    }
    const started = { type: 'run-started', experiment } as unknown as RunEventBody
    expect(failing.event(started)).toMatchObject({
      experiment: {
        title: '[secret token]',
        secrets: {
          swordfish: { swordfish: { type: 'env', key: 'swordfish' } },
          other: { literal: '[secret token]' },
        },
        method: [{ provider: { arguments: { '[secret token]': '[secret token as base64-0-0-0]' } } }],
      },
    })
  })
})

it('takes secrets out of an error, its stack, its hint and what led to it', () => {
  const cause = new TypeError('swordfish was wrong')
  const error = Object.assign(new Error('it said swordfish', { cause }), { hint: 'not swordfish', code: 'X' })
  const redacted = new Redactor([secret('token', 'swordfish')]).error(error) as typeof error & {
    cause: Error
  }
  const told = [redacted.message, redacted.stack, redacted.hint, redacted.cause.message, redacted.cause.stack]
  for (const text of told) expect(text).toContain('[secret token]')
  expect(told.join()).not.toContain('swordfish')
  expect(redacted).toMatchObject({ code: 'X', name: 'Error' })
  expect(redacted.cause).toBeInstanceOf(TypeError)
  expect(error.message).toBe('it said swordfish')
})

it('hands on an error that holds no secret', () => {
  const error = new Error('all is well')
  expect(redactor.error(error)).toBe(error)
})

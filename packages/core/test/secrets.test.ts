import type { JsonObject, RunEvent } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { planExperiment, validateExperiment, waveThrough } from '../src/index.ts'
import { toyDriver } from './toy-driver.ts'
import { answer, crash, experimentOf, harm, hypothesisOf, play, toy } from './toy-experiment.ts'

const token = 'swordfish/ä "42'
const environment = { TOKEN: token, URL: 'http://host/' }
const secrets = { api: { token: { type: 'env', key: 'TOKEN' } } }
const mark = '[secret api.token]'

function registered(events: readonly RunEvent[]): Extract<RunEvent, { type: 'undo-registered' }>[] {
  return events.filter((event) => event.type === 'undo-registered')
}

describe('a secret', () => {
  it('is in no event and not in the journal, while drivers and tolerances have the real one', async () => {
    const { events, journal, trace, status } = await play(
      {
        title: 'A run of ${token}',
        secrets,
        'steady-state-hypothesis': hypothesisOf(answer('same', '${token}', '${token}')),
        method: [
          toy('action', 'take', 'take', { name: 'taken ${token}' }),
          toy('action', 'say', 'say', { words: 'it is ${token}' }),
          toy('action', 'fail', 'fail', { reason: encodeURIComponent(token) }),
          crash(`the token was ${token}`),
        ],
      },
      { environment },
    )
    expect(status).toBe('aborted')
    expect(trace).toEqual([`start taken ${token}`, `end taken ${token}`])
    expect(journal.steady_states.before).toMatchObject({ steady_state_met: true })
    expect(journal.experiment['title']).toBe(`A run of ${mark}`)
    expect(journal.run[0]?.output).toBe(`taken ${mark}`)
    expect(JSON.stringify([events, journal])).not.toMatch(/swordfish|c3dvcmRmaXNo/)
  })

  it('is cut out of what a tolerance found before that is cut to length', async () => {
    const long = `${'x'.repeat(190)}${token}`
    const { events } = await play(
      {
        secrets,
        'steady-state-hypothesis': hypothesisOf(answer('p', `${'x'.repeat(190)}\${token}`, 'other')),
      },
      { environment },
    )
    const checked = events.find((event) => event.type === 'tolerance-checked')
    expect(checked).toMatchObject({ actual: expect.stringContaining(`x${mark}… (`) })
    expect(long).toContain('swordf')
    expect(JSON.stringify(events)).not.toContain('sword')
  })

  it('is in no plan', async () => {
    const document = experimentOf({ secrets, title: 'On ${token}', method: [harm('${token}')] })
    const plan = await planExperiment(waveThrough(document as unknown as JsonObject), {
      drivers: [toyDriver().driver],
      environment,
    })
    expect(plan).toMatchObject({ title: `On ${mark}`, activities: [{ targets: [mark] }] })
  })

  it.each([
    { name: 'a run', find: runError },
    { name: 'a validation', find: validationError },
  ])('is in no error of $name', async ({ find }) => {
    expect(await find({ api_token: { type: 'env', key: 'TOKEN', env_var_type: 'int' } })).toContain(
      "should be int, but its value is '[secret configuration.api_token]'",
    )
  })

  it('of a configuration probe is hidden where its name says so', async () => {
    const probe = { type: 'probe', provider: { type: 'toy', func: 'answer', arguments: { value: token } } }
    const { events } = await play({
      configuration: {
        password: probe,
        other: { ...probe, provider: { ...probe.provider, arguments: { value: 'plainly' } } },
      },
      method: [toy('action', 'say', 'say', { words: 'it is ${password} ${other}' })],
    })
    expect(events).toContainEqual(
      expect.objectContaining({ message: 'it is [secret configuration.password] plainly' }),
    )
  })
})

async function runError(configuration: JsonObject): Promise<string> {
  return play({ configuration }, { environment }).then(
    String,
    (error: Error) => `${error.message}${error.stack}`,
  )
}

async function validationError(configuration: JsonObject): Promise<string> {
  const raw = experimentOf({ configuration }) as unknown as JsonObject
  const loaded = { source: 'e.json', raw, text: JSON.stringify(raw), format: 'json', directory: '.' } as const
  const { problems } = await validateExperiment(loaded, { drivers: [], environment })
  return problems.map(({ message }) => message).join()
}

describe('a secret in the arguments of an undo', () => {
  it('is written down as a reference, and the undo gets the real one', async () => {
    const { events, journal, trace } = await play(
      { secrets, method: [harm('${token}', {}, { amended: 'amended <${token}>' })] },
      { environment },
    )
    expect(trace.at(-1)).toBe(`mend amended <${token}>`)
    expect(registered(events)).toMatchObject([
      { arguments: { thing: { $secret: 'api.token' } }, secrets: ['api.token'] },
    ])
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'undo-amended',
        arguments: { thing: `amended <${mark}>` },
        secrets: ['api.token'],
      }),
    )
    expect(journal.undo).toMatchObject([{ status: 'undone', arguments: { thing: `amended <${mark}>` } }])
  })

  it('keeps the action from its harm where it could not be read back', async () => {
    const odd = encodeURIComponent(token).replace('%2F', '/')
    const { journal, trace } = await play({ secrets, method: [harm(odd)] }, { environment })
    expect(trace).toEqual([])
    expect(journal.run[0]?.status).toBe('failed')
    expect(journal.run[0]?.exception?.at(-1)).toMatch(
      /stopped before it changed anything.*in a form that cannot be stored/,
    )
  })

  it('that was handed in is told to be known here only', async () => {
    const { events } = await play(
      { secrets, method: [harm('${token}')] },
      { overrides: { secrets: { api: { token } } } },
    )
    const message =
      "Only this process knows the secret 'api.token': should it disappear, the undo of 'harm ${token}' cannot be carried out."
    expect(events).toContainEqual(expect.objectContaining({ type: 'log', level: 'warning', message }))
  })

  it('leaves the event as it always was when there is none', async () => {
    const { events } = await play({ secrets, method: [harm('lamp')] }, { environment })
    expect(registered(events)[0]).not.toHaveProperty('secrets')
  })
})

import { describe, expect, it } from 'vitest'
import { type LoadedExperiment, validateExperiment } from '../src/index.ts'
import { toyControls } from './toy-controls.ts'
import { toyDriver } from './toy-driver.ts'
import { answer, experimentOf, hypothesisOf, type LooseExperiment, take } from './toy-experiment.ts'

async function problemsOf(parts: LooseExperiment) {
  const raw = JSON.parse(JSON.stringify(experimentOf(parts)))
  const text = JSON.stringify(raw, null, 2)
  const loaded: LoadedExperiment = { source: 'x.json', raw, text, format: 'json', directory: '.' }
  const drivers = [toyDriver().driver, toyControls().driver]
  const { problems, valid } = await validateExperiment(loaded, { drivers, environment: {} })
  const told = problems.map(({ level, code, path, message }) => ({
    level,
    code,
    path: path.join('.'),
    message,
  }))
  return { problems, valid, told }
}

const trace = { type: 'toys', control: 'trace' }

describe('declarations of controls (spec 17.1)', () => {
  it('one that is right passes, at every level', async () => {
    const controls = [{ name: 'c', provider: trace, scope: 'before', automatic: false }]
    const probe = answer('p', 1, 1, { controls })
    const { valid, problems } = await problemsOf({
      controls,
      'steady-state-hypothesis': { ...hypothesisOf(probe), controls },
      method: [take('a', 0, { controls })],
      rollbacks: [take('r', 0, { controls })],
    })
    expect({ valid, problems }).toEqual({ valid: true, problems: [] })
  })

  it.each([
    {
      rule: 'a provider without a type',
      control: { name: 'c', provider: {} },
      code: 'control-type-missing',
      path: 'controls.0.provider',
      message: 'The provider of the control has no type.',
    },
    {
      rule: 'a python control without a module',
      control: { name: 'c', provider: { type: 'python' } },
      code: 'control-module-missing',
      path: 'controls.0.provider',
      message: 'The provider of the control has no module.',
    },
    {
      rule: 'a reference that names nothing',
      control: { name: 'c', provider: trace, ref: 'other' },
      code: 'control-ref-unknown',
      path: 'controls.0.ref',
      message: "`ref` names 'other', which is no control of the experiment.",
    },
    {
      rule: 'a reference to itself',
      control: { name: 'c', provider: trace, ref: 'c' },
      code: 'control-ref-unknown',
      path: 'controls.0.ref',
      message: "`ref` names 'c', which is no control of the experiment.",
    },
    {
      rule: 'a reference that is no text',
      control: { name: 'c', provider: trace, ref: 5 },
      code: 'control-ref-unknown',
      path: 'controls.0.ref',
      message: '`ref` names 5, which is no control of the experiment.',
    },
    {
      rule: 'a control that its driver does not have',
      control: { name: 'c', provider: { type: 'toys', control: 'trase' } },
      code: 'SQUALL_CONTROL_UNKNOWN',
      path: 'controls.0.provider.control',
      message: "'toys' has no control 'trase' (toys).",
    },
    {
      rule: 'a control of a driver that is not installed',
      control: { name: 'c', provider: { type: 'nobody', control: 'trace' } },
      code: 'SQUALL_DRIVER_MISSING',
      path: 'controls.0.provider.type',
      message: "No installed driver provides 'nobody'.",
    },
    {
      rule: 'what the control itself finds wrong',
      control: { name: 'c', provider: { ...trace, arguments: { wrong: 1 } } },
      code: 'control-provider',
      path: 'controls.0.provider',
      message: 'It is wrong.',
    },
  ])('$rule is an error', async ({ control, code, path, message }) => {
    const { told, valid } = await problemsOf({ controls: [control] })
    expect(valid).toBe(false)
    expect(told).toEqual([{ level: 'error', code, path, message }])
  })

  it('a plain reference is refused as in the reference: name and provider are needed', async () => {
    const method = [take('a', 0, { controls: [{ ref: 'c' }] })]
    const { told } = await problemsOf({ controls: [{ name: 'c', provider: trace }], method })
    expect(told.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'control-name-missing method.0.controls.0',
      'control-provider-missing method.0.controls.0',
    ])
  })

  it.each([
    {
      what: 'a type that runs no controls',
      provider: { type: 'raw' },
      code: 'SQUALL_CONTROL_UNSERVED',
    },
    { what: 'a type that nobody provides', provider: { type: 'nobody' }, code: 'SQUALL_DRIVER_MISSING' },
  ])('$what is let pass, and told: it does nothing', async ({ provider, code }) => {
    const { told, valid } = await problemsOf({ controls: [{ name: 'c', provider }] })
    expect(valid).toBe(true)
    expect(told).toMatchObject([{ level: 'warning', code, path: 'controls.0.provider.type' }])
  })

  it('a reference to a control of another activity is told: nothing acts there', async () => {
    const method = [
      take('a', 0, { controls: [{ name: 'c', provider: trace }] }),
      take('b', 0, { controls: [{ name: 'd', provider: trace, ref: 'c' }] }),
    ]
    const { told, valid } = await problemsOf({ method })
    expect(valid).toBe(true)
    expect(told).toMatchObject([
      { level: 'warning', code: 'control-ref-elsewhere', path: 'method.1.controls.0.ref' },
    ])
  })

  it('a problem of a control names its activity', async () => {
    const method = [take('a', 0, { controls: [{ name: 'c', provider: { type: 'toys', control: 'x' } }] })]
    const { problems } = await problemsOf({ method })
    expect(problems[0]).toMatchObject({ activity: 'a', at: expect.stringMatching(/^x\.json:\d+:\d+$/) })
  })

  it('a Python name that a driver stands in for is checked by that driver', async () => {
    const provider = { type: 'python', module: 'chaosaddons.controls.toy', arguments: { wrong: 1 } }
    const { told } = await problemsOf({ controls: [{ name: 'c', provider }] })
    expect(told).toMatchObject([{ code: 'control-provider', message: 'It is wrong.' }])
  })
})

import type { JsonValue } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { parseExperiment } from '../../src/index.ts'
import { validateExperiment } from '../../src/validate/validate-experiment.ts'
import { toyDriver } from '../toy-driver.ts'
import { answer, experimentOf, hypothesisOf, type LooseExperiment, take, toy } from '../toy-experiment.ts'

/** What is found, as `path: message hint`, warnings with a `?`. */
async function found(parts: LooseExperiment): Promise<string[]> {
  const raw = experimentOf(parts) as unknown as JsonValue
  const loaded = { raw, source: 'x.json', text: JSON.stringify(raw), format: 'json', directory: '.' }
  const { problems } = await validateExperiment(loaded as never, {
    drivers: [toyDriver().driver],
    environment: {},
  })
  return problems.map(
    ({ level, path, message, hint }) =>
      `${level === 'warning' ? '? ' : ''}${path.join('.')}: ${message} ${hint}`,
  )
}

const probe = (more: object): JsonValue => toy('probe', 'p', 'answer', {}, more as never)
const number = 'Write a number, or `${name}` of a configuration value.'

describe('each key takes what it says and nothing else', () => {
  it.each([
    {
      more: { until: 5 },
      says: 'method.0.until: `until` must be an object. Write an object with `tolerance`, `interval`, `timeout`.',
    },
    {
      more: { until: { tolerance: 1 } },
      says: 'method.0.until: `until` needs `timeout`. Add `timeout`, a number or `${name}` of a configuration value.',
    },
    {
      more: { until: { tolerance: 1, timeout: 1, intervall: 2 } },
      says: "method.0.until.intervall: `until` has no `intervall`. Did you mean 'interval'? It takes tolerance, interval, timeout.",
    },
    {
      more: { until: { tolerance: 1, timeout: 0 } },
      says: `method.0.until.timeout: \`until.timeout\` must be a number of seconds, above 0. ${number}`,
    },
    {
      more: { until: { tolerance: 1, timeout: 1, interval: '2' } },
      says: `method.0.until.interval: \`until.interval\` must be a number of seconds, above 0. ${number}`,
    },
    {
      more: { until: { timeout: 1 } },
      says: 'method.0.until: `until` needs a tolerance. Add `tolerance`, what the answer of the probe is held to.',
    },
    {
      more: { until: { timeout: 1, tolerance: 1 }, retry: { attempts: 2 } },
      says: 'method.0.retry: A probe takes one of `until` and `retry`. `until` tries again after a failure too: leave `retry` out.',
    },
    {
      more: { retry: {} },
      says: 'method.0.retry: `retry` needs `attempts`. Add `attempts`, a number or `${name}` of a configuration value.',
    },
    {
      more: { retry: { attempts: 1.5 } },
      says: `method.0.retry.attempts: \`retry.attempts\` must be a whole number above 0. ${number}`,
    },
    {
      more: { repeat: { count: 2, interval: -1 } },
      says: `method.0.repeat.interval: \`repeat.interval\` must be a number of seconds, from 0. ${number}`,
    },
    {
      more: { repeat: { count: 2, while: 'true' } },
      says: 'method.0.repeat.while: `repeat.while` says what has to hold for the next time to come. Write `"succeeded"`, `"failed"` or `{"tolerance": ...}`.',
    },
    {
      more: { evaluate: 'yes', tolerance: 1 },
      says: 'method.0.evaluate: `evaluate` must be true or false. Write it without quotes.',
    },
    {
      more: { evaluate: true },
      says: 'method.0.evaluate: `evaluate` needs a tolerance. Add `tolerance`, what the answer of the probe is held to.',
    },
    {
      more: { onFailure: 'stopp' },
      says: 'method.0.onFailure: `onFailure` is no "stopp". Did you mean \'stop\'? Use one of continue, stop, abort.',
    },
    {
      more: { when: 'failed' },
      says: 'method.0.when: `when` is for rollbacks. Leave it out here.',
    },
    {
      more: { on_failure: 'stop' },
      says: '? method.0.on_failure: `on_failure` has no effect. Did you mean `onFailure`?',
    },
  ])('$more', async ({ more, says }) => {
    expect(await found({ method: [probe(more)] })).toEqual([says])
  })

  it.each([
    { until: { tolerance: 1.5, timeout: 1 } },
    { repeat: { count: 1, while: { tolerance: { type: 'regex', pattern: '(' } } } },
    { evaluate: true, tolerance: { type: 'range', range: [1] } },
  ])('a tolerance that is none: %j', async (more) => {
    const [problem, ...others] = await found({ method: [probe(more)] })
    expect(problem).toContain('tolerance')
    expect(others).toEqual([])
  })

  it('an action does not wait for a tolerance', async () => {
    const more = { until: { tolerance: 'a', timeout: 1 } }
    expect(await found({ method: [take('a', 0, more)] })).toEqual([
      'method.0.until: `until` is for probes. Use `retry` to try an action again, or a probe with `until` after it.',
    ])
  })

  it('a hypothesis is waited for, and neither repeated nor stopped', async () => {
    const more = { until: { timeout: 5 }, repeat: { count: 2 }, onFailure: 'stop' }
    expect(await found({ 'steady-state-hypothesis': hypothesisOf(answer('a', 1, 1, more)) })).toEqual([
      expect.stringContaining('repeat: A probe of the hypothesis is not repeated.'),
      expect.stringContaining('onFailure: `onFailure` has no effect in a hypothesis.'),
    ])
  })

  it('a ref takes only what is its own', async () => {
    const ref = { ref: 'a', until: { timeout: 1 }, onFailure: 'stop' }
    expect(await found({ method: [take('a'), ref], rollbacks: [{ ref: 'a', when: 'nie' }] })).toEqual([
      'method.1.until: `until` has no effect on a `ref`. Write it on the activity that the `ref` names.',
      'rollbacks.0.when: `when` is no "nie". Use one of always, completed, deviated, failed, interrupted, aborted.',
    ])
  })

  it('`when` of a rollback is one moment or several', async () => {
    const whens = ['always', ['failed', 'deviated'], [], ['failed', 'aborded'], 3]
    expect(await found({ rollbacks: whens.map((when) => take('r', 0, { when })) })).toEqual([
      expect.stringContaining('rollbacks.2.when: `when` is no [].'),
      expect.stringContaining('rollbacks.3.when: `when` is no "aborded". Did you mean \'aborted\'?'),
      expect.stringContaining('rollbacks.4.when: `when` is no 3.'),
    ])
  })

  it('`after_rollbacks` is a boolean', async () => {
    const runtime = { hypothesis: { after_rollbacks: 'true' } }
    expect(await found({ runtime })).toEqual([
      'runtime.hypothesis.after_rollbacks: `after_rollbacks` must be true or false. Write it without quotes.',
    ])
  })

  it('a tolerance that counts outside of the hypothesis is no stray key', async () => {
    const more = [{ evaluate: true }, { until: { timeout: 1 } }]
    const method = more.map((each, at) => answer(`a${at}`, 1, 1, each as never))
    expect(await found({ method, rollbacks: method })).toEqual([])
  })

  it('all of them right', async () => {
    const method = [
      probe({ until: { tolerance: 1, interval: '${a}', timeout: '${a}' }, onFailure: 'abort' }),
      probe({ until: { timeout: 1 }, tolerance: 1, repeat: { count: 2, while: 'failed' } }),
      take('t', 0, {
        retry: { attempts: 2, interval: 0 },
        repeat: { count: '${a}', while: { tolerance: 1 } },
      }),
    ]
    const raw = experimentOf({
      configuration: { a: 1 },
      method,
      rollbacks: [take('r', 0, { when: 'always' })],
    })
    await expect(parseExperiment(raw, { drivers: [toyDriver().driver] })).resolves.toEqual(raw)
  })
})

describe('a reference to a step', () => {
  const use = (name: string): JsonValue =>
    toy('probe', 'use', 'answer', { value: [`\${steps.${name}.output}`] })
  const at = (list: string): string => `${list}.provider.arguments.value.0`

  it.each([
    { name: 'an earlier activity', parts: { method: [take('a b'), use('a b')] } },
    {
      name: 'a probe of the hypothesis',
      parts: { 'steady-state-hypothesis': hypothesisOf(answer('a', 1, 1)), method: [use('a')] },
    },
    { name: 'a ref to it', parts: { method: [{ ref: 'a' }, use('a'), take('a')] } },
    { name: 'in a rollback', parts: { method: [take('a')], rollbacks: [use('a')] } },
    { name: 'a rollback before', parts: { rollbacks: [take('a'), use('a')] } },
    {
      name: 'in a check after the method',
      parts: {
        'steady-state-hypothesis': hypothesisOf({ ...(use('a') as object), tolerance: 1 }),
        method: [take('a')],
        runtime: { hypothesis: { strategy: 'after-method-only' } },
      },
    },
    { name: 'a name that looks like a part', parts: { method: [take('x.output'), use('x.output')] } },
    { name: 'variables of other shapes', parts: { method: [probe({ pauses: { before: '${steps}' } })] } },
  ])('$name is fine', async ({ parts }) => {
    expect(await found(parts)).toEqual([])
  })

  it.each([
    {
      name: 'one that stands later',
      parts: { method: [use('a'), take('a')] },
      says: `${at('method.0')}: \`\${steps.a.output}\` names 'a', which is not played before this activity. Name an activity that stands before it.`,
    },
    {
      name: 'itself',
      parts: { method: [use('use')] },
      says: `${at('method.0')}: \`\${steps.use.output}\` names 'use', which is not played before this activity. Name an activity that stands before it.`,
    },
    {
      name: 'nobody',
      parts: { method: [take('find'), use('fnd')] },
      says: `${at('method.1')}: \`\${steps.fnd.output}\` names 'fnd', which is no activity that is played before this one. Did you mean 'find'?`,
    },
    {
      name: 'a rollback, in the method',
      parts: { method: [use('r')], rollbacks: [take('r')] },
      says: `${at('method.0')}: \`\${steps.r.output}\` names 'r', which is not played before this activity. Name an activity that stands before it.`,
    },
    {
      name: 'one that may not have ended',
      parts: { method: [take('a', 0, { background: true }), use('a')] },
      says: `? ${at('method.1')}: 'a' runs in the background and may not have ended by then. Until it has ended, this activity fails.`,
    },
    {
      name: 'one of the method, in a check before it',
      parts: {
        'steady-state-hypothesis': hypothesisOf({ ...(use('a') as object), tolerance: 1 }),
        method: [take('a')],
      },
      says: `? ${at('steady-state-hypothesis.probes.0')}: \`\${steps.a.output}\` has no value in the check before the method. Use the hypothesis strategy \`after-method-only\`, or name a probe of the hypothesis.`,
    },
    {
      name: 'a part that there is not',
      parts: { method: [take('a'), toy('probe', 'use', 'answer', { value: ['${steps.a.outputs}'] })] },
      says: `? ${at('method.1')}: \`\${steps.a.outputs}\` is no reference to a step, so it stays as it is. After the name comes \`.output\`, \`.status\` or \`.duration\`.`,
    },
  ])('$name is told', async ({ parts, says }) => {
    expect(await found(parts)).toEqual([says])
  })
})

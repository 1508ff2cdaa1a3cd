import { describe, expect, it } from 'vitest'
import { parseExperiment, validateExperiment } from '../src/index.ts'
import { parseText } from '../src/load/parse-text.ts'
import { expectedAt, jsonOf, markedYaml, textAt, validate } from './marked-file.ts'
import { toyDriver } from './toy-driver.ts'
import { experimentOf, take } from './toy-experiment.ts'

const head = 'title: t\ndescription: d\n'

interface Rule {
  readonly rule: string
  /** The file; ▸ stands where the problem is. */
  readonly file: string
  readonly code: string
  readonly message: string
  readonly hint?: string
  readonly activity?: string
}

/** An experiment with this hypothesis. */
const probes = (text: string): string =>
  `${head}method: []\nsteady-state-hypothesis:\n  title: h\n  probes:\n${text}`
const probe = 'type: probe, name: p, provider: {type: toy, func: answer}'
const action = 'type: action, name: a, provider: {type: toy, func: say, arguments: {words: hi}}'
const tolerance = (text: string): string => probes(`    - {${probe}, ${text}}`)

const rules: readonly Rule[] = [
  {
    rule: 'an empty file',
    file: '▸# nothing',
    code: 'document-no-object',
    message: 'The file is empty; an experiment is one object.',
  },
  {
    rule: 'a list',
    file: '▸- 1',
    code: 'document-no-object',
    message: 'The document is no object; an experiment is one object.',
  },
  {
    rule: 'a text',
    file: '▸hello',
    code: 'document-no-object',
    message: 'The document is no object; an experiment is one object.',
  },
  {
    rule: 'no title',
    file: '▸description: d\nmethod: []',
    code: 'title-missing',
    message: 'The experiment has no title.',
    hint: 'Give it a text under `title`.',
  },
  {
    rule: 'an empty title',
    file: '▸title: ""\ndescription: d\nmethod: []',
    code: 'title-missing',
    message: 'The experiment has no title.',
  },
  {
    rule: 'no description',
    file: '▸title: t\nmethod: []',
    code: 'description-missing',
    message: 'The experiment has no description.',
  },
  {
    rule: 'a description of null',
    file: 'title: t\n▸description:\nmethod: []',
    code: 'description-missing',
    message: 'The experiment has no description.',
  },
  {
    rule: 'an empty tag',
    file: `${head}method: []\ntags: [a, ▸""]`,
    code: 'tag-empty',
    message: 'Each of the tags must be a text that is not empty.',
  },
  {
    rule: 'a tag that is no text',
    file: `${head}method: []\ntags:\n  - ▸5`,
    code: 'tag-empty',
    message: 'Each of the tags must be a text that is not empty.',
  },
  {
    rule: 'tags that are no list',
    file: `${head}method: []\n▸tags: 5`,
    code: 'tags-no-list',
    message: '`tags` must be a list of texts.',
  },
  {
    rule: 'an extension without a name',
    file: `${head}method: []\nextensions:\n  - ▸vendor: x`,
    code: 'extension-name-missing',
    message: 'An extension has no name.',
  },
  {
    rule: 'an extension with a blank name',
    file: `${head}method: []\nextensions:\n  - ▸name: " "`,
    code: 'extension-name-missing',
    message: 'An extension has no name.',
  },
  {
    rule: 'an extension that is no object',
    file: `${head}method: []\nextensions: [▸x]`,
    code: 'extension-name-missing',
    message: 'An extension has no name.',
  },
  {
    rule: 'extensions that are no list',
    file: `${head}method: []\n▸extensions: {name: x}`,
    code: 'extensions-no-list',
    message: '`extensions` must be a list of objects.',
  },
  {
    rule: 'configuration that is no object',
    file: `${head}method: []\n▸configuration: [1]`,
    code: 'configuration-no-object',
    message: '`configuration` must be an object.',
  },
  {
    rule: 'configuration of null',
    file: `${head}method: []\n▸configuration:`,
    code: 'configuration-no-object',
    message: '`configuration` must be an object.',
  },
  {
    rule: 'secrets that are no object',
    file: `${head}method: []\n▸secrets: text`,
    code: 'secrets-no-object',
    message: '`secrets` must be an object.',
  },
  {
    rule: 'a variable of the configuration that is not set',
    file: `${head}method: []\nconfiguration:\n  ▸host: {type: env, key: HOST}`,
    code: 'SQUALL_CONFIGURATION_MISSING',
    message: "'host' is read from the environment variable HOST, which is not set.",
  },
  {
    rule: 'a default of another type',
    file: `${head}method: []\nconfiguration:\n  ▸port: {type: env, key: PORT, default: x, env_var_type: int}`,
    code: 'SQUALL_CONFIGURATION_TYPE',
    message: "'port' should be int, but its value is 'x'.",
  },
  {
    rule: 'a variable of the secrets that is not set',
    file: `${head}method: []\nsecrets:\n  g:\n    ▸token: {type: env, key: TOKEN}`,
    code: 'SQUALL_CONFIGURATION_MISSING',
    message: "'g.token' is read from the environment variable TOKEN, which is not set.",
  },
  {
    rule: 'a jsonpath dialect nobody knows',
    file: tolerance('tolerance: {type: jsonpath, path: $, ▸dialect: mine}'),
    code: 'jsonpath-dialect',
    message: 'There is no jsonpath dialect "mine".',
  },
  {
    rule: 'no method',
    file: '▸title: t\ndescription: d',
    code: 'method-missing',
    message: 'The experiment has no method.',
  },
  {
    rule: 'a method of null',
    file: `${head}▸method:`,
    code: 'method-no-list',
    message: '`method` must be a list of activities.',
  },
  {
    rule: 'a method that is an object',
    file: `${head}▸method: {a: 1}`,
    code: 'method-no-list',
    message: '`method` must be a list of activities.',
  },
  {
    rule: 'rollbacks of null',
    file: `${head}method: []\n▸rollbacks:`,
    code: 'rollbacks-no-list',
    message: '`rollbacks` must be a list of activities.',
  },
  {
    rule: 'a hypothesis of null',
    file: `${head}method: []\n▸steady-state-hypothesis:`,
    code: 'hypothesis-no-object',
    message: 'The steady-state hypothesis must be an object.',
  },
  {
    rule: 'a hypothesis without a title',
    file: `${head}method: []\n▸steady-state-hypothesis: {probes: []}`,
    code: 'hypothesis-title-missing',
    message: 'The steady-state hypothesis has no title.',
  },
  {
    rule: 'probes that are no list',
    file: `${head}method: []\nsteady-state-hypothesis:\n  title: h\n  ▸probes: {}`,
    code: 'probes-no-list',
    message: 'The probes of the hypothesis must be a list.',
  },
  {
    rule: 'an activity that is no object',
    file: `${head}method:\n  - ▸5`,
    code: 'activity-no-object',
    message: 'An activity must be an object.',
  },
  {
    rule: 'an activity of null',
    file: `${head}method: [▸null]`,
    code: 'activity-no-object',
    message: 'An activity must be an object.',
  },
  {
    rule: 'an empty ref',
    file: `${head}method:\n  - ▸ref: ""`,
    code: 'ref-empty',
    message: '`ref` must be the name of an activity.',
  },
  {
    rule: 'a ref that is no text',
    file: `${head}method:\n  - ▸ref: 5`,
    code: 'ref-empty',
    message: '`ref` must be the name of an activity.',
  },
  {
    rule: 'a ref in the method that leads nowhere',
    file: `${head}method:\n  - {${action}}\n  - ▸ref: b`,
    code: 'ref-unknown',
    message: "`ref` names 'b', which is no activity of the method or the hypothesis.",
    hint: "Did you mean 'a'?",
  },
  {
    rule: 'a ref in the method to an activity of the rollbacks',
    file: `${head}method:\n  - ▸ref: a\nrollbacks:\n  - {${action}}`,
    code: 'ref-unknown',
    message: "`ref` names 'a', which is no activity of the method or the hypothesis.",
  },
  {
    rule: 'a ref in the hypothesis that leads nowhere',
    file: probes('    - {▸ref: x, tolerance: 1}'),
    code: 'ref-unknown',
    message: "`ref` names 'x', which is no activity of the method or the hypothesis.",
  },
  {
    rule: 'no type',
    file: `${head}method:\n  - ▸name: a\n    provider: {type: toy, func: answer}`,
    code: 'activity-type',
    message: 'The activity has no type.',
    activity: 'a',
  },
  {
    rule: 'another type',
    file: `${head}method:\n  - ▸type: check\n    name: a\n    provider: {type: toy, func: answer}`,
    code: 'activity-type',
    message: 'There is no activity type "check".',
    activity: 'a',
  },
  {
    rule: 'no name',
    file: `${head}method:\n  - ▸type: probe\n    provider: {type: toy, func: answer}`,
    code: 'activity-name-missing',
    message: 'The activity has no name.',
  },
  {
    rule: 'an empty name',
    file: `${head}method:\n  - ▸type: probe\n    name: ""\n    provider: {type: toy, func: answer}`,
    code: 'activity-name-missing',
    message: 'The activity has no name.',
  },
  {
    rule: 'no provider',
    file: `${head}method:\n  - ▸type: probe\n    name: a`,
    code: 'provider-missing',
    message: 'The activity has no provider.',
  },
  {
    rule: 'a provider that is no object',
    file: `${head}method:\n  - ▸type: probe\n    name: a\n    provider: toy`,
    code: 'provider-missing',
    message: 'The activity has no provider.',
    activity: 'a',
  },
  {
    rule: 'a provider without a type',
    file: `${head}method:\n  - type: probe\n    name: a\n    ▸provider: {func: x}`,
    code: 'provider-type-missing',
    message: 'The provider has no type.',
    activity: 'a',
  },
  {
    rule: 'a type that a known package provides',
    file: `${head}method:\n  - type: probe\n    name: a\n    provider: {▸type: http, url: x}`,
    code: 'SQUALL_DRIVER_MISSING',
    message: "No installed driver provides 'http'.",
    hint: 'Install it with `npm install @squall/driver-http`.',
    activity: 'a',
  },
  {
    rule: 'a type that every object inherits',
    file: `${head}method:\n  - type: probe\n    name: a\n    provider: {▸type: constructor}`,
    code: 'SQUALL_DRIVER_MISSING',
    message: "No installed driver provides 'constructor'.",
  },
  {
    rule: 'a Python module that nobody stands in for',
    file: `${head}method:\n  - type: probe\n    name: a\n    provider: {▸type: python, module: os, func: getcwd}`,
    code: 'SQUALL_DRIVER_MISSING',
    message: "No installed driver provides 'python'.",
  },
  {
    rule: 'a function that is missing there',
    file: `${head}method:\n  - type: action\n    name: a\n    provider: {type: python, module: toys.actions, ▸func: takes}`,
    code: 'SQUALL_ACTIVITY_UNKNOWN',
    message: "'toys.actions' has no activity 'takes' (toy).",
    hint: "Did you mean 'take'? It offers take.",
  },
  {
    rule: 'an activity that the driver has not',
    file: `${head}method:\n  - type: action\n    name: a\n    provider: {type: toy, ▸func: tkae}`,
    code: 'SQUALL_ACTIVITY_UNKNOWN',
    message: "'toy' has no activity 'tkae' (toy).",
  },
  {
    rule: 'no func',
    file: `${head}method:\n  - type: action\n    name: a\n    ▸provider: {type: toy}`,
    code: 'func-missing',
    message: 'The provider has no `func`.',
    hint: 'It offers answer, chance, context, large, take, refuse_to_stop, fail, say, harm.',
  },
  {
    rule: 'an argument that is missing',
    file: `${head}method:\n  - type: action\n    name: a\n    provider: {type: toy, func: say, ▸arguments: {}}`,
    code: 'arguments',
    message: "Argument 'words': Invalid input: expected string, received undefined.",
    hint: 'It takes words.',
  },
  {
    rule: 'arguments that are missing',
    file: `${head}method:\n  - type: action\n    name: a\n    ▸provider: {type: toy, func: say}`,
    code: 'arguments',
    message: "Argument 'words': Invalid input: expected string, received undefined.",
  },
  {
    rule: 'an argument of another type',
    file: `${head}method:\n  - type: action\n    name: a\n    provider: {type: toy, func: say, arguments: {▸words: 5}}`,
    code: 'arguments',
    message: "Argument 'words': Invalid input: expected string, received number.",
    activity: 'a',
  },
  {
    rule: 'an argument that nobody takes',
    file: `${head}method:\n  - type: action\n    name: a\n    provider:\n      type: toy\n      func: say\n      ▸arguments: {words: hi, wrods: 1}`,
    code: 'arguments',
    message: 'Unrecognized key: "wrods".',
    hint: "Did you mean 'words' in place of 'wrods'? It takes words.",
  },
  {
    rule: 'what a provider type finds',
    file: `${head}method:\n  - type: action\n    name: a\n    ▸provider: {type: raw}`,
    code: 'raw-say',
    message: 'It says nothing.',
    hint: 'See the README of toy.',
    activity: 'a',
  },
  {
    rule: 'a background that is no boolean',
    file: `${head}method:\n  - {${action}, ▸background: "yes"}`,
    code: 'background-no-boolean',
    message: '`background` must be true or false.',
  },
  {
    rule: 'a background of null',
    file: `${head}method:\n  - {${action}, ▸background: null}`,
    code: 'background-no-boolean',
    message: '`background` must be true or false.',
  },
  {
    rule: 'pauses that are no object',
    file: `${head}method:\n  - {${action}, ▸pauses: "after:10"}`,
    code: 'pauses-no-object',
    message: '`pauses` must be an object.',
  },
  {
    rule: 'a pause that is a text',
    file: `${head}method:\n  - {${action}, pauses: {▸after: "10"}}`,
    code: 'pause-no-number',
    message: 'The pause `after` must be a number of seconds.',
  },
  {
    rule: 'a pause with a variable inside a text',
    file: `${head}method:\n  - {${action}, pauses: {▸before: "1\${n}"}}`,
    code: 'pause-no-number',
    message: 'The pause `before` must be a number of seconds.',
  },
  {
    rule: 'a timeout that is a text',
    file: `${head}method:\n  - {${action}, ▸timeout: "10"}`,
    code: 'timeout-no-number',
    message: '`timeout` must be a number of seconds.',
  },
  {
    rule: 'a probe without a tolerance',
    file: probes(`    - ▸{${probe}}`),
    code: 'tolerance-missing',
    message: "The hypothesis probe 'p' has no tolerance.",
    activity: 'p',
  },
  {
    rule: 'a ref without a tolerance',
    file: `${probes('    - ▸ref: a')}\nmethod:\n  - {${action}}`.replace('method: []\n', ''),
    code: 'tolerance-missing',
    message: "The hypothesis probe 'a' has no tolerance.",
  },
  {
    rule: 'a float as tolerance',
    file: tolerance('▸tolerance: 1.5'),
    code: 'tolerance-unsupported',
    message: '1.5 cannot be a tolerance.',
  },
  {
    rule: 'null as tolerance',
    file: tolerance('▸tolerance: null'),
    code: 'tolerance-unsupported',
    message: 'null cannot be a tolerance.',
  },
  {
    rule: 'a tolerance of no type',
    file: tolerance('▸tolerance: {status: 1}'),
    code: 'tolerance-type',
    message: 'There is no tolerance type null.',
  },
  {
    rule: 'a tolerance of an unknown type',
    file: tolerance('▸tolerance: {type: equal}'),
    code: 'tolerance-type',
    message: 'There is no tolerance type "equal".',
  },
  {
    rule: 'a tolerance of a type that every object inherits',
    file: tolerance('▸tolerance: {type: constructor}'),
    code: 'tolerance-type',
    message: 'There is no tolerance type "constructor".',
  },
  {
    rule: 'a regex without a pattern',
    file: tolerance('▸tolerance: {type: regex}'),
    code: 'regex-pattern-missing',
    message: 'A regex tolerance needs a text under `pattern`.',
  },
  {
    rule: 'a pattern that does not compile',
    file: tolerance('tolerance: {type: regex, ▸pattern: "(a"}'),
    code: 'regex-pattern',
    message: "The pattern '(a' does not compile: unterminated group.",
  },
  {
    rule: 'a jsonpath without a path',
    file: tolerance('▸tolerance: {type: jsonpath, path: " "}'),
    code: 'jsonpath-path-missing',
    message: 'A jsonpath tolerance needs a text under `path`.',
  },
  {
    rule: 'a path that does not parse',
    file: tolerance('tolerance: {type: jsonpath, ▸path: "a.b"}'),
    code: 'jsonpath-path',
    message: "The path 'a.b' is not valid: a path begins with '$' at column 1 of 'a.b'.",
  },
  {
    rule: 'a range of three',
    file: tolerance('▸tolerance: {type: range, range: [1, 2, 3]}'),
    code: 'range-bounds',
    message: 'A range tolerance needs a `range` of two numbers.',
  },
  {
    rule: 'a range of variables',
    file: tolerance('▸tolerance: {type: range, range: ["${a}", 3]}'),
    code: 'range-bounds',
    message: 'A range tolerance needs a `range` of two numbers.',
  },
  {
    rule: 'a probe as tolerance that has no name',
    file: tolerance('▸tolerance: {type: probe, provider: {type: toy, func: large}}'),
    code: 'activity-name-missing',
    message: 'The activity has no name.',
  },
  {
    rule: 'a probe as tolerance that nobody provides',
    file: tolerance('tolerance: {type: probe, name: t, provider: {type: toy, ▸func: big}}'),
    code: 'SQUALL_ACTIVITY_UNKNOWN',
    message: "'toy' has no activity 'big' (toy).",
    activity: 't',
  },
  {
    rule: 'a probe as tolerance with another wrong argument',
    file: tolerance(
      'tolerance: {type: probe, name: t, provider: {type: toy, func: large, arguments: {▸from: x}}}',
    ),
    code: 'arguments',
    message: "Argument 'from': Invalid input: expected number, received string.",
  },
  {
    rule: 'an activity of the rollbacks',
    file: `${head}method: []\nrollbacks:\n  - ▸type: action\n    provider: {type: toy, func: fail}`,
    code: 'activity-name-missing',
    message: 'The activity has no name.',
  },
  {
    rule: 'a control that is no object',
    file: `${head}method: []\ncontrols: [▸x]`,
    code: 'control-no-object',
    message: 'A control must be an object.',
  },
  {
    rule: 'a control without a name',
    file: `${head}method: []\ncontrols:\n  - ▸provider: {type: toy, control: quiet}`,
    code: 'control-name-missing',
    message: 'The control has no name.',
  },
  {
    rule: 'a control of an activity without a provider',
    file: `${head}method:\n  - ${`{${action}, controls: [▸{name: c}]}`}`,
    code: 'control-provider-missing',
    message: 'The control has no provider.',
    activity: 'a',
  },
  {
    rule: 'a control of the hypothesis with another scope',
    file: `${head}method: []\nsteady-state-hypothesis:\n  title: h\n  controls:\n    - {name: c, provider: {type: toy, control: quiet}, ▸scope: post}`,
    code: 'control-scope',
    message: 'The scope of a control is `before` or `after`.',
  },
  {
    rule: 'controls that are no list',
    file: `${head}method: []\n▸controls: {name: c}`,
    code: 'controls-no-list',
    message: '`controls` must be a list.',
  },
]

describe('every rule, with its place (spec 1)', () => {
  it.each(rules)('$rule', async ({ file, code, message, hint, activity }) => {
    const { text, places } = markedYaml(file)
    const { valid, problems } = await validate(text, 'yaml')
    expect(valid).toBe(false)
    const errors = problems.filter((problem) => problem.code === code)
    expect(errors).toMatchObject([
      { level: 'error', message, at: places[0], hint: hint ?? expect.stringMatching(/\.$/) },
    ])
    if (activity !== undefined) expect(errors[0]?.activity).toBe(activity)
  })

  it.each(rules.filter(({ file }) => !file.startsWith('▸#')))(
    '$rule, in JSON',
    async ({ file, code, message }) => {
      const text = await jsonOf(markedYaml(file).text)
      const { problems } = await validate(text, 'json')
      const problem = problems.find((found) => found.code === code)
      expect(problem).toMatchObject({ message })
      if (problem)
        expect(textAt(text, problem)).toMatch(expectedAt(await parseText(text, 'json', ''), problem.path))
    },
  )

  it.each(rules)('$rule is the only problem of its file', async ({ file, code }) => {
    const { problems } = await validate(markedYaml(file).text, 'yaml')
    expect(problems.map((problem) => problem.code)).toEqual([code])
  })
})

it('finds all problems at once, in the order of the file', async () => {
  const { text, places } = markedYaml(`▸description: d
method:
  - type: action
    name: first
    provider:
      type: toy
      ▸func: tkae
    ▸background: 1
  - ▸ref: nobody
  - ▸type: probe
    name: third
rollbacks:
  - type: action
    name: fourth
    provider: {▸type: nobody}
    pauses:
      ▸after: soon
configuration:
  ▸host: {type: env, key: HOST}
steady-state-hypothesis:
  title: h
  probes:
    - type: probe
      name: fifth
      provider: {type: toy, func: answer}
      ▸tolerance: 1.5
▸controls: 5
`)
  const { problems } = await validate(text, 'yaml')
  expect(problems.map(({ at }) => at)).toEqual(places)
  expect(problems.map(({ code, activity }) => `${code} ${activity ?? ''}`.trim())).toEqual([
    'title-missing',
    'SQUALL_ACTIVITY_UNKNOWN first',
    'background-no-boolean first',
    'ref-unknown',
    'provider-missing',
    'SQUALL_DRIVER_MISSING fourth',
    'pause-no-number fourth',
    'SQUALL_CONFIGURATION_MISSING',
    'tolerance-unsupported fifth',
    'controls-no-list',
  ])
})

describe('what the reference accepts', () => {
  it.each([
    { name: 'an empty method', file: `${head}method: []` },
    { name: 'a title that is no text', file: 'title: 5\ndescription: [d]\nmethod: []' },
    {
      name: 'unknown keys at every level',
      file: `${head}version: 1\nmethod:\n  - {${action}, expected: 1, configuration: {}, secrets: [x]}`,
    },
    { name: 'tags as a bare text', file: `${head}method: []\ntags: mine` },
    { name: 'no tags', file: `${head}method: []\ntags: []\nextensions:\ncontrols:\n` },
    { name: 'contributions of any shape', file: `${head}method: []\ncontributions: 5` },
    { name: 'a runtime of any shape', file: `${head}method: []\nruntime: {hypothesis: {strategy: none}}` },
    { name: 'a hypothesis without probes', file: `${head}method: []\nsteady-state-hypothesis: {title: h}` },
    {
      name: 'a hypothesis with probes of null',
      file: `${head}method: []\nsteady-state-hypothesis: {title: h, probes: }`,
    },
    { name: 'an action in a hypothesis', file: probes(`    - {${action}, tolerance: true}`) },
    { name: 'probes in rollbacks', file: `${head}method: []\nrollbacks:\n  - {${probe}}` },
    {
      name: 'two activities of one name',
      file: `${head}method:\n  - {${probe}}\n  - {${probe}}\n  - ref: p`,
    },
    { name: 'a ref of null beside an activity', file: `${head}method:\n  - {${probe}, ref: null}` },
    {
      name: 'anything beside a ref',
      file: `${head}method:\n  - {${probe}}\n  - {ref: p, type: 5, pauses: x, provider: {type: nobody}}`,
    },
    {
      name: 'a ref to a probe of the hypothesis',
      file: `${tolerance('tolerance: 1').replace('method: []', 'method: [{ref: p}]')}`,
    },
    {
      name: 'a ref in the hypothesis',
      file: `${head}method:\n  - {${probe}}\nsteady-state-hypothesis: {title: h, probes: [{ref: p, tolerance: 1}]}`,
    },
    { name: 'a tolerance outside the hypothesis', file: `${head}method:\n  - {${probe}, tolerance: 1.5}` },
    {
      name: 'a pause and a timeout of true, which Python takes for numbers',
      file: `${head}method:\n  - {${probe}, timeout: true, pauses: {before: true, after: false}}`,
    },
    {
      name: 'pauses of null and of variables',
      file: `${head}method:\n  - {${probe}, pauses: null}\n  - {${probe}, pauses: {before: null, after: "\${n}"}}`,
    },
    { name: 'a timeout, which means nothing', file: `${head}method:\n  - {${probe}, timeout: 10}` },
    {
      name: 'every plain tolerance',
      file: probes(
        [true, 200, 'text', [1, 2], []]
          .map((value) => `    - {${probe}, tolerance: ${JSON.stringify(value)}}`)
          .join('\n'),
      ),
    },
    {
      name: 'every typed tolerance',
      file: probes(
        [
          '{type: regex, pattern: "(?P<a>b)"}',
          '{type: jsonpath, path: "$.a[0]"}',
          '{type: range, range: [0, true]}',
          '{type: jsonpath, dialect: rfc9535, path: "$[?@.a == 1]"}',
          '{type: probe, name: t, provider: {type: toy, func: large}}',
        ]
          .map((value) => `    - {${probe}, tolerance: ${value}}`)
          .join('\n'),
      ),
    },
    {
      name: 'a control with a ref, a name and a provider',
      file: `${head}method: []\ncontrols: [{name: x, provider: &p {type: toy, control: quiet}}, {ref: x, name: c, provider: *p, scope: after, automatic: false}]`,
    },
    {
      name: 'configuration of any kind',
      file: `${head}method: []\nconfiguration: {a: 1, b: [], c: {x: {type: env}}, d: {type: vault}, e: {type: probe, name: p}, f: }`,
    },
    {
      name: 'arguments that only the run knows',
      file: `${head}configuration: {n: {type: probe}}\nmethod:\n  - {type: probe, name: p, provider: {type: toy, func: large, arguments: {value: "\${n}", from: "\${unknown}"}}}`,
    },
    {
      name: 'arguments that are a variable as a whole',
      file: `${head}method:\n  - {type: action, name: a, provider: {type: toy, func: say, arguments: "\${all}"}}`,
    },
    { name: 'numbers that JSON has not', file: `${head}method: []\nconfiguration: {a: .nan, b: .inf}` },
  ])('$name', async ({ file }) => {
    const { valid, problems } = await validate(file, 'yaml')
    expect(problems.filter(({ level }) => level === 'error')).toEqual([])
    expect(valid).toBe(true)
  })

  it('a ref in the rollbacks that leads nowhere, which is told as a warning', async () => {
    const { text, places } = markedYaml(`${head}method: []\nrollbacks:\n  - ▸ref: x`)
    expect(await validate(text, 'yaml')).toMatchObject({
      valid: true,
      problems: [{ level: 'warning', code: 'ref-unknown', at: places[0] }],
    })
  })
})

describe('what the reference ignores in silence is accepted and told, with its place', () => {
  const raw = 'type: probe, name: q, provider: {type: process'

  it.each([
    {
      rule: 'a tolerance in the method',
      code: 'key-ignored',
      file: `${head}method:\n  - {${probe}, ▸tolerance: 5}`,
    },
    {
      rule: 'a tolerance in the rollbacks',
      code: 'key-ignored',
      file: `${head}method: []\nrollbacks:\n  - {${probe}, ▸tolerance: 5}`,
    },
    {
      rule: 'secrets on the activity',
      code: 'key-ignored',
      file: `${head}method:\n  - {${probe}, ▸secrets: [x]}`,
    },
    {
      rule: 'configuration on the activity',
      code: 'key-ignored',
      file: `${head}method:\n  - {${probe}, ▸configuration: {}}`,
    },
    {
      rule: 'pause for pauses',
      code: 'key-ignored',
      file: `${head}method:\n  - {${probe}, ▸pause: {after: 1}}`,
    },
    {
      rule: 'a timeout of the activity',
      code: 'key-ignored',
      file: `${head}method:\n  - {${probe}, ▸timeout: 10}`,
    },
    {
      rule: 'arguments beside the provider',
      code: 'key-ignored',
      file: `${head}method:\n  - {${probe}, ▸arguments: {}}`,
    },
    {
      rule: 'config in the provider',
      code: 'key-ignored',
      file: `${head}method:\n  - {${raw}, path: "true", ▸config: {}}}`,
    },
    { rule: 'probes at the top', code: 'key-ignored', file: `${head}method: []\n▸probes: []` },
    { rule: 'pauses at the top', code: 'key-ignored', file: `${head}method: []\n▸pauses: {after: 1}` },
    { rule: 'rollback for rollbacks', code: 'key-ignored', file: `${head}method: []\n▸rollback: []` },
    {
      rule: 'a hypothesis spelt otherwise',
      code: 'key-ignored',
      file: `${head}method: []\n▸steady_state_hypothesis: {}`,
    },
    {
      rule: 'a tolerance of the hypothesis',
      code: 'key-ignored',
      file: `${head}method: []\nsteady-state-hypothesis: {title: h, ▸tolerance: 1}`,
    },
    {
      rule: 'one name for two activities',
      code: 'name-twice',
      file: `${head}method:\n  - {${probe}}\n  - {${probe.replace('name: p', '▸name: p')}, pauses: {after: 1}}`,
    },
    {
      rule: 'the default of a secret',
      code: 'secret-default',
      file: `${head}method: []\nsecrets: {g: {s: {type: env, key: HERE, ▸default: x}}}`,
    },
    {
      rule: 'a group of secrets that nobody declares',
      code: 'secrets-unknown',
      file: `${head}method:\n  - {${raw}, path: "true", secrets: [▸gone]}}`,
    },
    {
      rule: 'env inside an object',
      code: 'env-not-read',
      file: `${head}method: []\nconfiguration: {c: {▸x: {type: env, key: HERE}}}`,
    },
    {
      rule: 'vault in the configuration',
      code: 'vault-in-configuration',
      file: `${head}method: []\nconfiguration: {▸c: {type: vault, path: p}}`,
    },
    {
      rule: 'a rollback strategy nobody knows',
      code: 'rollback-strategy',
      file: `${head}method: []\nruntime: {rollbacks: {▸strategy: sometimes}}`,
    },
  ])('$rule', async ({ file, code }) => {
    const { text, places } = markedYaml(file)
    const { valid, problems } = await validate(text, 'yaml', { environment: { HERE: 'value' } })
    const told = problems.filter((problem) => problem.code !== 'SQUALL_DRIVER_MISSING')
    expect(told).toMatchObject([{ level: 'warning', code, at: places[0] }])
    expect(told.length === problems.length ? valid : true).toBe(true)
  })

  it('but two equal activities, as an anchor makes them, are one', async () => {
    const { problems } = await validate(`${head}method:\n  - &a {${probe}}\n  - *a`, 'yaml')
    expect(problems).toEqual([])
  })
})

describe('values from outside', () => {
  const file = `${head}method: []\nconfiguration: {host: {type: env, key: HOST}}\nsecrets: {g: {token: {type: env, key: TOKEN}}}`

  it('may come from the environment', async () => {
    expect((await validate(file, 'yaml', { environment: { HOST: 'h', TOKEN: 't' } })).valid).toBe(true)
  })

  it('may be overrides', async () => {
    const overrides = { configuration: { host: 'h' }, secrets: { g: { token: 't' } } }
    expect((await validate(file, 'yaml', { overrides })).valid).toBe(true)
  })
})

describe('a driver that is asked', () => {
  it('is a problem of the place it was asked about when it fails', async () => {
    const { driver } = toyDriver()
    const broken = {
      ...driver,
      providers: {
        raw: {
          ...driver.providers?.['raw'],
          validate: () => Promise.reject(new Error('I am lost.')),
        } as never,
      },
    }
    const { text, places } = markedYaml(
      `${head}method:\n  - type: action\n    name: a\n    ▸provider: {type: raw}`,
    )
    const { problems } = await validate(text, 'yaml', { drivers: [broken] })
    expect(problems).toMatchObject([
      {
        code: 'provider-check',
        message: 'toy failed while it checked this provider: I am lost.',
        at: places[0],
        activity: 'a',
      },
    ])
  })

  it('is refused before the run where it does not work', async () => {
    const { driver } = toyDriver()
    const { text, places } = markedYaml(
      `${head}method:\n  - type: action\n    name: a\n    provider: {▸type: toy, func: say}`,
    )
    const { problems } = await validate(text, 'yaml', { drivers: [{ ...driver, platforms: ['amiga'] }] })
    expect(problems).toMatchObject([
      {
        code: 'platform',
        message: `toy works on amiga, and this is ${process.platform}.`,
        at: places[0],
        activity: 'a',
      },
    ])
  })

  it('may answer with warnings, which do not make the file invalid', async () => {
    const { driver } = toyDriver()
    const warning = { path: ['say'], message: 'It whispers.', hint: 'Speak up.', level: 'warning' as const }
    const shy = {
      ...driver,
      providers: { raw: { ...driver.providers?.['raw'], validate: async () => [warning] } as never },
    }
    const validation = await validate(
      `${head}method:\n  - {type: action, name: a, provider: {type: raw}}`,
      'yaml',
      { drivers: [shy] },
    )
    expect(validation).toMatchObject({
      valid: true,
      problems: [{ level: 'warning', code: 'raw-say', hint: 'Speak up.' }],
    })
  })
})

describe('an experiment at hand as an object', () => {
  const drivers = [toyDriver().driver]

  it('is the experiment when it is valid', async () => {
    const raw = experimentOf({ method: [take('a')] })
    expect(await parseExperiment(raw, { drivers })).toEqual(raw)
  })

  it('is refused with every problem in the hint', async () => {
    await expect(parseExperiment({ title: 't', method: [5] } as never, { drivers })).rejects.toMatchObject({
      code: 'SQUALL_EXPERIMENT_INVALID',
      message: 'This object is not a valid experiment: 2 problems.',
      hint: '(root): The experiment has no description. method.0: An activity must be an object.',
    })
  })

  it.each([
    { name: 'a function', extra: () => 1, says: 'a function' },
    {
      name: 'a circle',
      extra: ((circle: unknown[]) => circle.push(circle) && circle)([]),
      says: 'an object that contains itself',
    },
    { name: 'a date', extra: new Date(0), says: 'a Date' },
  ])('is refused when it holds $name', async ({ extra, says }) => {
    await expect(parseExperiment(experimentOf({ extra }), { drivers })).rejects.toMatchObject({
      hint: `(root): The experiment holds ${says}, which is not JSON.`,
    })
  })
})

it('runs nothing', async () => {
  const { driver, trace } = toyDriver()
  const text = JSON.stringify(
    experimentOf({
      method: [take('a')],
      configuration: { a: { type: 'probe', provider: take('b')['provider'] } },
    }),
  )
  const raw = await parseText(text, 'json', 'file.json')
  await validateExperiment(
    { source: 'file.json', raw, text, format: 'json', directory: '.' },
    { drivers: [driver] },
  )
  expect(trace).toEqual([])
})

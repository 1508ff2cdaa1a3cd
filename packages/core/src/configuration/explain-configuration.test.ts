import { expect, it } from 'vitest'
import { explainConfiguration } from './explain-configuration.ts'

const declared = {
  configuration: {
    plain: { deep: [1] },
    fromEnv: { type: 'env', key: 'URL' },
    counted: { type: 'env', key: 'COUNT', env_var_type: 'int' },
    fallback: { type: 'env', key: 'NOT_SET', default: 7 },
    lost: { type: 'env', key: 'NOT_SET' },
    wrong: { type: 'env', key: 'URL', env_var_type: 'int' },
    given: 'declared',
    redirected: 'declared',
    asked: { type: 'probe', provider: { type: 'process', path: 'hostname' } },
    db_password: 'written down',
    typed_token: { type: 'env', key: 'API_TOKEN', env_var_type: 'int' },
    quiet: { type: 'env', key: 'API_TOKEN' },
  },
  secrets: {
    api: {
      token: { type: 'env', key: 'API_TOKEN' },
      written: 'literal',
      gone: { type: 'env', key: 'NOT_SET' },
    },
    store: { key: { type: 'vault', path: 'secret/x' } },
    replaced: { a: 'b' },
  },
}

it('says where each value comes from, and shows no secret', () => {
  const rows = explainConfiguration(declared, {
    environment: { URL: 'http://x', COUNT: '3', API_TOKEN: 'hunter22', OTHER: 'o' },
    overrides: {
      configuration: { given: 'new', redirected: { type: 'env', key: 'OTHER' }, stranger: 1 },
      secrets: { replaced: { a: 'hunter33' } },
    },
    originOf: (section) => (section === 'secrets' ? '--var-file s.json' : '--var'),
    isResolver: (type) => type === 'vault',
  })
  expect(rows.map(({ name, value, source, problem }) => [name, value ?? problem ?? '', source])).toEqual([
    ['configuration.plain', '{"deep":[1]}', 'the experiment'],
    ['configuration.fromEnv', '"http://x"', 'environment variable URL'],
    ['configuration.counted', '3', 'environment variable COUNT'],
    ['configuration.fallback', '7', 'default, since the environment variable NOT_SET is not set'],
    [
      'configuration.lost',
      "'lost' is read from the environment variable NOT_SET, which is not set.",
      'environment variable NOT_SET',
    ],
    [
      'configuration.wrong',
      "'wrong' should be int, but its value is 'http://x'.",
      'environment variable URL',
    ],
    ['configuration.given', '"new"', '--var'],
    ['configuration.redirected', '"o"', '--var: environment variable OTHER'],
    ['configuration.asked', '', 'answer of a process probe at the start'],
    ['configuration.db_password', '[secret]', 'the experiment'],
    ['configuration.typed_token', "'typed_token' has no usable value.", 'environment variable API_TOKEN'],
    ['configuration.quiet', '[secret]', 'environment variable API_TOKEN'],
    ['secrets.api.token', '[secret]', 'environment variable API_TOKEN'],
    ['secrets.api.written', '[secret]', 'the experiment'],
    ['secrets.api.gone', 'The environment variable NOT_SET is not set.', 'environment variable NOT_SET'],
    ['secrets.store.key', '', 'read from vault at the start'],
    ['secrets.replaced', '[secret]', '--var-file s.json'],
    ['configuration.stranger', '', '--var, not used: the experiment does not declare it'],
  ])
  expect(JSON.stringify(rows)).not.toContain('hunter')
})

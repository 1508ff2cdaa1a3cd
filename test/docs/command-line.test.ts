import { chmod, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { experiment, project, shell, squallFile } from '../e2e/squall.ts'
import { here } from '../requirements.ts'
import { playPage } from './play-page.ts'

const page = path.join(here, '../docs/command-line.md')

const lamp = experiment({
  title: 'The lamp stays lit',
  configuration: {
    room: 'hall',
    retries: { type: 'env', key: 'RETRIES', default: 3, env_var_type: 'int' },
    host: { type: 'probe', name: 'host', provider: { type: 'process', path: 'hostname' } },
  },
  secrets: { api: { token: { type: 'env', key: 'API_TOKEN' } } },
  'steady-state-hypothesis': {
    title: 'The lamp is lit',
    probes: [{ ...shell('lamp is lit', 'test -f lamp'), type: 'probe', tolerance: 0 }],
  },
  method: [shell('knock the table', 'true')],
  rollbacks: [shell('put it straight', 'true')],
})

const isBright = { type: 'regex', target: 'stdout', pattern: 'bright' }
const files = {
  'experiment.json': lamp,
  'bright.json': {
    ...lamp,
    method: [{ ...shell('look again', 'cat lamp'), type: 'probe', tolerance: isBright }],
  },
  lamp: 'dim\n',
  'settings.yaml':
    '# For all of our experiments.\nruntime: {rollbacks: {strategy: always}}\nauths:\n  example.com: {type: bearer, value: XYZ}\n',
}

// `UPDATE_DOCS=1 npx vitest run test/docs` writes what was printed into the page.
it('prints what the page on the command line shows', async () => {
  await using dir = await project({
    ...files,
    'bin/squall': `#!/bin/sh\nexec ${process.execPath} ${squallFile} "$@"\n`,
  })
  await chmod(path.join(dir.folder, 'bin/squall'), 0o755)
  const env = {
    HOME: dir.home,
    PATH: `${path.join(dir.folder, 'bin')}:${process.env['PATH']}`,
    API_TOKEN: 'a-long-token',
    XDG_STATE_HOME: undefined,
    XDG_CONFIG_HOME: undefined,
    RETRIES: undefined,
  }
  const written = await readFile(page, 'utf8')
  const { text, commands } = await playPage(written, dir.folder, env)
  expect(commands).toBeGreaterThan(10)
  if (process.env['UPDATE_DOCS'] === '1') await writeFile(page, text)
  else expect(written).toBe(text)
}, 120_000)

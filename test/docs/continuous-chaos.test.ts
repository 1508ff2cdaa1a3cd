import { chmod, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { execa } from 'execa'
import { expect, it, onTestFinished } from 'vitest'
import { project, squallFile } from '../e2e/squall.ts'
import { here } from '../requirements.ts'
import { playPage } from './play-page.ts'

const page = path.join(here, '../docs/continuous-chaos.md')
const shown = 'http://127.0.0.1:19080'

/** The server of the page, at a free port; resolves to its address. */
async function serve(folder: string, env: NodeJS.ProcessEnv): Promise<string> {
  const words = ['chaos', 'serve', '--listen', '127.0.0.1:0', '--store', 'chaos', '--seed', '42']
  const server = execa(process.execPath, [squallFile, ...words], { cwd: folder, env, reject: false })
  onTestFinished(async () => {
    server.kill('SIGTERM')
    await server
  })
  let said = ''
  server.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  for (const deadline = performance.now() + 30_000; performance.now() < deadline; await delay(20)) {
    const [, url] = /at (http:\S+),/.exec(said) ?? []
    if (url !== undefined) return url
  }
  throw new Error(`The server did not start: ${said}`)
}

// `UPDATE_DOCS=1 npx vitest run test/docs` writes what was printed into the page.
it('prints what the page on continuous chaos shows', async () => {
  const written = await readFile(page, 'utf8')
  const [, schedule = ''] = /```json\n([\s\S]*?)```/.exec(written) ?? []
  await using dir = await project({
    'schedule.json': schedule,
    'bin/squall': `#!/bin/sh\nexec ${process.execPath} ${squallFile} "$@"\n`,
  })
  await chmod(path.join(dir.folder, 'bin/squall'), 0o755)
  const env = {
    HOME: dir.home,
    PATH: `${path.join(dir.folder, 'bin')}:${process.env['PATH']}`,
    XDG_STATE_HOME: undefined,
    XDG_CONFIG_HOME: undefined,
    NO_PROXY: '127.0.0.1',
  }
  const url = await serve(dir.folder, env)
  const { text, commands } = await playPage(written.replaceAll(shown, url), dir.folder, env)
  expect(commands).toBeGreaterThan(20)
  const now = text
    .replaceAll(url, shown)
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, (time) =>
      /T00:00:00\.000Z/.test(time) ? time : '2026-11-29T17:30:00.000Z',
    )
  if (process.env['UPDATE_DOCS'] === '1') await writeFile(page, now)
  else expect(now).toBe(written)
}, 120_000)

import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { layOut } from './case-folder.mjs'
import { mapStrings } from './compare.mjs'
import { missingPrograms } from './find-cases.mjs'
import { viewJournal } from './journal-view.mjs'
import { problemsOf } from './problems-of.mjs'
import { viewReceived } from './received-view.mjs'
import { runCli } from './run-cli.mjs'

/** Runs one case in a fresh folder: `{ id, quirk, ok, ms, problems, stdout, stderr, place }`. */
export async function runCase(one, key, { server, options }) {
  const { definition } = one
  const began = performance.now()
  const folder = layOut(one, server, key)
  server.open(key, folder.work)
  const words = [
    ...options.command,
    ...(definition.plainArgv ? [] : ['--no-version-check']),
    ...definition.argv.map(folder.fill),
  ]
  const timeoutSeconds = definition.timeout ?? options.timeoutSeconds
  const ran = await runCli(words, { definition, folder, timeoutSeconds })
  const seen = whatCameOut(ran, definition, folder, server.received(key))
  server.close(key)
  if (options.record) record(one, seen, folder)

  const problems = [
    ...missingPrograms(one).map((name) => ['requires', name, 'not on this machine']),
    ...problemsOf(one, seen, folder),
  ]
  if (!options.keep) folder.remove()
  return {
    id: one.id,
    quirk: definition.quirk === true,
    ok: problems.length === 0,
    ms: Math.round(performance.now() - began),
    problems,
    stdout: ran.stdout,
    stderr: ran.stderr,
    place: folder.place,
  }
}

function whatCameOut({ exit, startError, stdout, stderr }, definition, folder, requests) {
  const clip = (text) => shortened(folder.clean(text))
  const { journal, state } = readJournal(path.join(folder.work, definition.journal ?? 'journal.json'))
  const view = { exit, journal: state, ...(journal ? viewJournal(journal, definition) : {}) }
  const expectedFiles = definition.expect?.files ?? {}
  const logs = fs
    .readdirSync(folder.work)
    .filter((file) => file.endsWith('.log') && !(file in expectedFiles))
    .map((file) => fs.readFileSync(path.join(folder.work, file), 'utf8'))
  return {
    startError,
    journal,
    view: mapStrings(view, clip),
    received: mapStrings(viewReceived(requests), clip),
    text: { stdout, stderr, log: [stdout, stderr, ...logs].join('\n') },
  }
}

function readJournal(file) {
  if (!fs.existsSync(file)) return { state: false }
  try {
    return { journal: JSON.parse(fs.readFileSync(file, 'utf8')), state: true }
  } catch {
    return { state: 'not JSON' }
  }
}

/** Long texts are compared by length and digest, so that case.json stays readable. */
function shortened(text) {
  if (text.length <= 2000) return text
  return `<${text.length} characters, sha256 ${createHash('sha256').update(text).digest('hex')}>`
}

/** Writes what the command did into the case. Only ever of use with the reference. */
function record({ folder, definition }, { view, received }, { work, clean }) {
  const files = Object.entries(definition.expect?.files ?? {}).map(([name, want]) => {
    return [
      name,
      want.record ? { ...want, equals: clean(fs.readFileSync(path.join(work, name), 'utf8')) } : want,
    ]
  })
  definition.expect = {
    ...definition.expect,
    view,
    ...(definition.received ? { received } : {}),
    ...(files.length > 0 ? { files: Object.fromEntries(files) } : {}),
  }
  fs.writeFileSync(path.join(folder, 'case.json'), `${JSON.stringify(definition, null, 2)}\n`)
}

import { missingPrograms, usesTls } from './find-cases.mjs'
import { FixtureServer } from './fixture-server.mjs'
import { runCase } from './run-case.mjs'

/** Runs the cases, `options.jobs` at a time, and tells `report` of each: `{ results, notRun }` in the order of the ids. */
export async function runCorpus(cases, options, report) {
  const server = new FixtureServer()
  await server.start()
  if (cases.some(usesTls)) await startTls(server, report)

  const isRunnable = (one) => options['require-all'] || missingPrograms(one).length === 0
  const notRun = cases.filter((one) => !isRunnable(one))
  const results = []
  const waiting = cases.filter(isRunnable).map((one, index) => ({ one, key: String(index) }))
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const result = await runSafely(next.one, next.key, { server, options })
      results.push(result)
      report.ended(result)
    }
  }
  await Promise.all(Array.from({ length: options.jobs }, work))
  server.stop()
  return { results: results.sort((a, b) => (a.id < b.id ? -1 : 1)), notRun }
}

async function startTls(server, report) {
  try {
    await server.startTls()
  } catch (error) {
    report.trouble(`the TLS fixture needs the openssl command: ${error.message}`)
  }
}

/** A case that breaks the runner itself fails; it does not stop the others. */
async function runSafely(one, key, context) {
  try {
    return await runCase(one, key, context)
  } catch (error) {
    const problems = [['runner', 'no error', error.message]]
    return {
      id: one.id,
      quirk: one.definition.quirk === true,
      ok: false,
      ms: 0,
      problems,
      stdout: '',
      stderr: '',
    }
  }
}

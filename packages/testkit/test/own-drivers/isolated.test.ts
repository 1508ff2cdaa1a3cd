import { execFile, spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { brokenLaw } from './broken-law.ts'
import { newFolder } from './folder.ts'

/** Drivers that kill, or need ports of their own choice. */
const drivers = ['ports', 'lab', 'inspector', 'net', 'os', 'etcd', 'etcd-faults', 'lab-faults']

/** For all laws of one driver; they take one or two minutes on two quiet cores, and were seen to take eight on busy ones. */
const limitMs = 1_500_000

const root = path.resolve(import.meta.dirname, '../../../..')
const isolated = path.join(import.meta.dirname, 'isolated')
const netns = path.join(root, 'test/netns.sh')
// Never without isolation, whatever the environment accepts.
const env = { ...process.env, NO_NS: '' }
const attempt = spawnSync('bash', [netns, 'true'], { env, encoding: 'utf8' })
const obstacle = attempt.status === 0 ? null : `${attempt.error ?? attempt.stderr}`.trim()

interface Outcome {
  readonly name: string
  readonly failure: string | null
}

if (obstacle !== null) {
  it('says that no law was tried on them', () => {
    process.stderr.write(`NOT RUN: the laws of ${drivers.join(' and ')}: ${obstacle}\n`)
    expect(process.env['SQUALL_REQUIRE_ALL']).not.toBe('1')
  })
}

const hasEtcd = spawnSync('etcd', ['--version']).status === 0
const tried = drivers.filter((driver) => hasEtcd || !driver.startsWith('etcd'))

if (!hasEtcd) {
  it('says that nothing was tried on etcd', () => {
    process.stderr.write('NOT RUN: everything about etcd: there is no program etcd (Debian: etcd-server)\n')
    expect(process.env['SQUALL_REQUIRE_ALL']).not.toBe('1')
  })
}

for (const driver of obstacle === null ? tried : []) {
  const outcomes = await outcomesOf(driver)
  describe(`driver-${driver}`, () => {
    for (const { name, failure } of outcomes) {
      it(name, () => {
        if (failure !== null) throw brokenLaw(`driver-${driver}: ${name}`, failure)
      })
    }
  })
}

/** Tries the laws of a driver in a namespace of its own, and says what came of each. */
async function outcomesOf(driver: string): Promise<readonly Outcome[]> {
  const { folder, remove } = await newFolder()
  const report = path.join(folder, 'report.json')
  const args = [
    ...[
      netns,
      process.execPath,
      path.join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      path.join(isolated, `${driver}.laws.ts`),
    ],
    ...['--config', path.join(isolated, 'vitest.config.ts'), '--dir', isolated],
    ...['--reporter=json', `--outputFile=${report}`],
  ]
  try {
    // It exits with 1 when a law is broken: what counts is the report.
    const { stderr } = await promisify(execFile)('bash', args, { cwd: root, env, timeout: limitMs }).catch(
      (error: { stderr: string }) => error,
    )
    return outcomesIn(await readFile(report, 'utf8').catch(() => Promise.reject(new Error(stderr))))
  } finally {
    await remove()
  }
}

function outcomesIn(report: string): readonly Outcome[] {
  const { testResults } = JSON.parse(report) as {
    testResults: {
      message: string
      assertionResults: { title: string; status: string; failureMessages: string[] }[]
    }[]
  }
  return testResults.flatMap(({ message, assertionResults }) => {
    if (assertionResults.length === 0) throw new Error(message)
    return assertionResults.map(({ title, status, failureMessages }) => ({
      name: title,
      failure: status === 'passed' ? null : failureMessages.join('\n'),
    }))
  })
}

import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { here } from '../requirements.ts'
import { type Project, project } from './squall.ts'

const page = await readFile(path.join(here, '../docs/experiment-keys.md'), 'utf8')
const shop = await readFile(path.join(here, 'e2e/experiment-keys/shop.mjs'), 'utf8')

/** The blocks of a kind on the page, in order. */
function blocks(kind: string): string[] {
  return [...page.matchAll(new RegExp(`\`\`\`${kind}\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text = '']) => text)
}

const [experiment = '', shownJournal = ''] = blocks('json')
const [shownRun = '', shownPlan = '', shownProblems = ''] = blocks('text')

function normalized(text: string): string {
  return text.replaceAll(/\d+(\.\d+)? m?s\b/g, 'TIME').replaceAll(/asked \d+ times/g, 'asked TIMES')
}

const shopProject = (more: object = {}): Promise<Project> =>
  project({ 'experiment.json': experiment, 'shop.mjs': shop, ...more })

async function journalOf({ folder }: Project) {
  return JSON.parse(await readFile(path.join(folder, 'journal.json'), 'utf8'))
}

it('the experiment of the page prints what the page shows, and its journal holds it', async () => {
  await using dir = await shopProject()
  const { stderr, exitCode } = await dir.squall(['--log-file', 'run.log', 'run', 'experiment.json'])
  expect(normalized(`${stderr}\n`)).toBe(normalized(shownRun))
  expect(exitCode).toBe(0)
  const { run, rollback_decision, restored } = await journalOf(dir)
  const shown = JSON.parse(shownJournal)
  expect({ rollback_decision, restored }).toEqual({
    rollback_decision: shown.rollback_decision,
    restored: shown.restored,
  })
  const recovery = run[1]?.until?.waited ?? 0
  expect(recovery).toBeGreaterThanOrEqual(1.2)
  expect(run[3]?.output).toBe(`2.4.1 took ${run[1]?.duration} s`)
  const log = await readFile(path.join(dir.folder, 'run.log'), 'utf8')
  expect(log).toContain('Probe: shop is back')
  expect(log).toMatch(/=> asked \d+ times in 1\.\d+s/)
  expect(log).toContain('Rollback: tell the team is not played: its `when` is deviated, failed, aborted')
  expect(log).toContain('Rollbacks are played: the default strategy plays them')
  expect(log).toContain('Action: announce (2 of 2)')
})

it('the plan says the same beforehand', async () => {
  await using dir = await shopProject()
  const { stdout } = await dir.squall(['plan', 'experiment.json'])
  expect(stdout).toContain(shownPlan.trimEnd())
  expect(stdout).toContain('touches what cannot be known yet: ${steps.restart the shop.output.release}')
})

it('mistakes are found with their places', async () => {
  const wrong = JSON.parse(experiment)
  wrong.method[1].until = { tolerence: 200, interval: 0.25, timeout: '10' }
  wrong.method[3].provider.arguments.text = '${steps.restart shop.output.release}'
  wrong.rollbacks[0].when = ['deviated', 'fail']
  await using dir = await shopProject({ 'wrong.json': wrong })
  const { stderr, exitCode } = await dir.squall(['validate', 'wrong.json'])
  expect(`${stderr}\n`).toBe(shownProblems)
  expect(exitCode).toBe(1)
})

it('a steady state that does not come back is said at the end, and in the exit code', async () => {
  const gone = JSON.parse(experiment)
  gone.runtime.hypothesis.strategy = 'before-method-only'
  gone.method = [gone.method[0]]
  gone.rollbacks = []
  await using dir = await shopProject({ 'gone.json': gone })
  const { stderr, exitCode } = await dir.squall(['run', 'gone.json'])
  expect(exitCode).toBe(1)
  expect(stderr).toContain('Steady state after rollbacks and undoing\n  ✗ probe shop answers')
  expect(stderr).toContain('\ncompleted in ')
  expect(stderr).toContain('The exit code is 1: the steady state does not hold at the end.')
  expect((await journalOf(dir)).restored).toBe(false)
})

it('the JSON log has each asking', async () => {
  await using dir = await shopProject()
  const { stderr } = await dir.squall(['--log-format', 'json', 'run', 'experiment.json'])
  const events = stderr
    .trim()
    .split('\n')
    .flatMap((line) => JSON.parse(line).event ?? [])
  const askings = events.filter(({ type, met }) => type === 'attempt-completed' && met !== undefined)
  expect(askings.at(-1)).toMatchObject({ met: true })
  expect(askings[0]).toMatchObject({ attempt: 1, met: false, expected: 'status 200', actual: '503' })
})

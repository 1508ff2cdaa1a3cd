import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { here, notRun } from '../requirements.ts'

const seed = path.join(here, '../../shared/seeds/000_4e0ef3b0372e5f16.txt')
/** CI plays ten runs of each; a person who runs the tests waits for two. */
const runs = Number(process.env['SQUALL_RUNS'] ?? 2)

interface Played {
  readonly verdicts: readonly {
    exitCode: number
    status: string
    deviated: boolean
    activities: string[]
    stderr: string
  }[]
  readonly left: { readonly listening: string[]; readonly processes: string[] }
}

const text = await readFile(seed, 'utf8').catch(() => undefined)
const isolated = await execa(path.join(here, 'netns.sh'), ['true'], { reject: false })
const missing =
  text === undefined
    ? 'the seed document does not lie beside the repository'
    : isolated.exitCode === 0
      ? ''
      : isolated.stderr
if (missing) notRun("the article's own experiment", missing, { required: text !== undefined })

/** Cuts the second listing out of the article: the experiment of its four services. */
function articleExperiment(article: string): string {
  const begin = article.indexOf('{', article.indexOf('experiment.json文件'))
  return article.slice(begin, article.indexOf('\n}\n', begin) + 2)
}

describe.skipIf(missing !== '')("the article's own experiment", () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'squall-article-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  /** Only the paths of the author's machine are changed, and where asked for the pause that lets the keeper act. */
  async function play(name: string, labOptions: readonly string[], pause?: number): Promise<Played> {
    const adapted = articleExperiment(text ?? '').replaceAll(
      'E:/desktop/chaosmodule/chaostest/ports',
      'lab/ports',
    )
    const experiment = JSON.parse(adapted)
    if (pause !== undefined) experiment.method.at(-1).pauses = { after: pause }
    const file = path.join(folder, `${name}.json`)
    await writeFile(file, JSON.stringify(experiment))
    const program = [path.join(here, 'e2e/article/play-runs.mjs'), file, String(runs), ...labOptions]
    const { stdout } = await execa(path.join(here, 'netns.sh'), [process.execPath, ...program])
    return JSON.parse(stdout) as Played
  }

  it.each([
    { name: 'single', about: 'one instance of each deviates', lab: [], exitCode: 1, deviated: true },
    {
      name: 'redundant',
      about: 'two of each complete',
      lab: ['--instances', '2'],
      exitCode: 0,
      deviated: false,
    },
    {
      name: 'keeper',
      about: 'a keeper with a pause for recovery completes',
      lab: ['--keeper', '--recover-within', '1500'],
      pause: 3,
      exitCode: 0,
      deviated: false,
    },
  ])(
    '$about, every time, and leaves nothing behind',
    async ({ name, lab, pause, exitCode, deviated }) => {
      const { verdicts, left } = await play(name, lab, pause)
      const wanted = { exitCode, status: 'completed', deviated, activities: ['succeeded', 'succeeded'] }
      expect(verdicts).toEqual(verdicts.map(({ stderr }) => ({ ...wanted, stderr })))
      expect(verdicts).toHaveLength(runs)
      expect(left).toEqual({ listening: [], processes: [] })
    },
    240_000,
  )
})

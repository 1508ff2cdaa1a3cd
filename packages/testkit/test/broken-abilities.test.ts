import type { Driver } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { driverLaws } from '../src/index.ts'
import { houseSamples } from './house-samples.ts'
import { failuresOf, unproven } from './try-laws.ts'

const [curfew, drawer, bell] = ['control curfew', 'resolver drawer', 'notifier bell']
const broken = [
  {
    file: 'control-takes-anything',
    breaks: `${curfew}: refuses wrong declarations and says why`,
    saying: 'It takes {}, which is wrong.',
  },
  {
    file: 'control-refuses-sample',
    breaks: `${curfew}: accepts its sample`,
    saying: 'It refuses its sample: A curfew needs a room with a window.',
  },
  {
    file: 'control-validate-throws',
    breaks: `${curfew}: finds fault without failing`,
    saying: 'It answers with a list of what is wrong.',
  },
  {
    file: 'control-odd-hooks',
    breaks: `${curfew}: names its hooks as the contract does`,
    saying: "'beforeActivity' is no hook: write 'before-activity'.",
  },
  {
    file: 'control-throws',
    breaks: `${curfew}: plays through a run`,
    saying: 'it failed in after-method: Cannot set properties',
  },
  {
    file: 'control-needs-state',
    breaks: `${curfew}: copes with a run that was cut short`,
    saying: "where 'state' is null, it failed in after-hypothesis",
  },
  {
    file: 'control-writes-dates',
    breaks: `${curfew}: changes what it is shown to nothing but JSON`,
    saying: 'after before-activity, context.seen is a Date',
  },
  {
    file: 'control-tells-secrets',
    breaks: `${curfew}: keeps secrets to itself`,
    saying: "It logs the secret 'law_planted",
  },
  {
    file: 'control-publishes-secrets',
    breaks: `${curfew}: keeps secrets to itself`,
    saying: "It puts into the journal the secret 'law_planted",
  },
  {
    file: 'control-deaf',
    breaks: `${curfew}: ends within 100 ms of an abort`,
    saying: 'After the abort it took',
  },
  {
    file: 'control-open-timer',
    breaks: `${curfew}: leaves no handle, timer or child open`,
    saying: "1 Timeout. Close it in 'cleanup'",
  },
  {
    file: 'resolver-other-value',
    breaks: `${drawer}: reads its sample`,
    saying: 'It reads {"kitchen":{"code"',
  },
  {
    file: 'resolver-own-class',
    breaks: `${drawer}: answers with JSON`,
    saying: 'Its answer is no JSON: the answer is a Content.',
  },
  {
    file: 'resolver-never-fails',
    breaks: `${drawer}: refuses what it cannot read and says why`,
    saying: 'It takes {"key":"kitchen"}, which is wrong.',
  },
  {
    file: 'resolver-takes-notes',
    breaks: `${drawer}: changes nothing that it is handed`,
    saying: 'It changed the configuration: {} became {"drawer_was_open":true}.',
  },
  {
    file: 'resolver-logs-answer',
    breaks: `${drawer}: keeps secrets to itself`,
    saying: "It logs the secret 'that it reads'.",
  },
  {
    file: 'resolver-deaf',
    breaks: `${drawer}: ends within 100 ms of an abort`,
    saying: 'After the abort it took',
  },
  {
    file: 'resolver-stays-open',
    breaks: `${drawer}: leaves no handle, timer or child open`,
    saying: '1 Timeout',
  },
  {
    file: 'closed-for-good',
    breaks: `${drawer}: works again once the driver was closed`,
    saying: 'it failed: the drawer is locked. A later call opens it anew.',
  },
  {
    file: 'notifier-only-runs',
    breaks: `${bell}: delivers each event once`,
    saying: "'validate-failed' has not arrived. Wait for the delivery.",
  },
  {
    file: 'notifier-rings-twice',
    breaks: `${bell}: delivers each event once`,
    saying: "'run-started' arrived 2 times.",
  },
  {
    file: 'notifier-swallows',
    breaks: `${bell}: fails when it cannot deliver, and says why`,
    saying: 'does not say so. Let the error through',
  },
  {
    file: 'notifier-floats',
    breaks: `${bell}: fails when it cannot deliver, and says why`,
    saying: 'Its failure ends the process: is a promise not waited for?',
  },
  {
    file: 'notifier-shows-channel',
    breaks: `${bell}: keeps secrets to itself`,
    saying: "It fails with the secret 'law_planted",
  },
  {
    file: 'discoverer-no-date',
    breaks: 'discoverer: tells what an installed package offers',
    saying: "is no discovery: its 'date' is none.",
  },
  {
    file: 'discoverer-finds-anything',
    breaks: 'discoverer: answers with nothing for a package that is not there',
    saying: 'Answer undefined.',
  },
  {
    file: 'discoverer-lists-nothing',
    breaks: 'discoverer: lists what is installed',
    saying: "'chaos-garden' is installed, and it lists nothing.",
  },
  {
    file: 'loader-undefined',
    breaks: 'loader .plan: reads its sample',
    saying: 'What it reads is no JSON: the experiment.rollbacks is undefined.',
  },
  {
    file: 'loader-never-fails',
    breaks: 'loader .plan: refuses what it cannot read and says why',
    saying: 'no-such.plan"}, which is wrong.',
  },
]

async function brokenLaws(file: string): Promise<{ names: string[]; failures: Record<string, string> }> {
  const url = new URL(`broken-abilities/${file}.js`, import.meta.url)
  const { default: driver } = (await import(url.href)) as { default: Driver }
  const laws = driverLaws(() => driver, houseSamples(url, driver))
  return { names: laws.map(({ name }) => name), failures: await failuresOf(laws) }
}

describe('a driver that breaks one law about what it offers besides activities', () => {
  it.each(broken)(
    '$file: breaks "$breaks" and no other',
    { timeout: 180_000 },
    async ({ file, breaks, saying }) => {
      const { failures } = await brokenLaws(file)
      expect(failures).toEqual({ [breaks]: expect.stringContaining(saying) })
    },
  )
})

it('a good house keeps every law, and each law is broken by some driver above', {
  timeout: 180_000,
}, async () => {
  const { names, failures } = await brokenLaws('house')
  expect(failures).toEqual({})
  expect(new Set(names).size).toBe(names.length)
  const about = names.filter((name) => !name.startsWith('the driver:'))
  expect(unproven(about, broken)).toEqual([])
})

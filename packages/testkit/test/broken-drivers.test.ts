import type { Driver } from '@squall/contract'
import { describe, expect, it } from 'vitest'
import { driverLaws } from '../src/index.ts'
import { lampSamples } from './lamp-samples.ts'
import { failuresOf, unproven } from './try-laws.ts'

const broken = [
  { file: 'other-contract', breaks: 'the driver: follows contract 1', saying: 'Its contract is 2' },
  { file: 'camel-case', breaks: 'the driver: its names are in snake_case', saying: '"isLit"' },
  { file: 'no-summary', breaks: 'the driver: everything has a summary', saying: 'light' },
  {
    file: 'unknown-undo',
    breaks: 'the driver: every undoneBy names one of its undo functions',
    saying: "'ignite' of 'darken'",
  },
  {
    file: 'no-json-schema',
    breaks: 'the driver: its manifest can be derived',
    saying: "The schema of 'lamps.light' (lamps) cannot be written",
  },
  {
    file: 'stale-manifest/index',
    breaks: 'the driver: its written manifest is what its code says',
    saying: 'squall.json is not what the code says. Build it.',
  },
  {
    file: 'tells-secrets',
    breaks: 'is_lit: keeps secrets to itself',
    saying: "It logs the secret 'law_planted",
  },
  { file: 'other-file', breaks: 'the driver: its file exports it', saying: '"driver":"lanterns"' },
  {
    file: 'accepts-anything',
    breaks: 'is_lit: refuses wrong input and names the place',
    saying: `It accepts {"lamp":5}, which is wrong at 'lamp'.`,
  },
  {
    file: 'validate-throws',
    breaks: 'wire: finds fault without failing',
    saying: `'validate' failed for {"lamp":null,"ms":10,"type":"wire"}`,
  },
  {
    file: 'touching-validate',
    breaks: 'wire: changes nothing while it is validated',
    saying: 'changed what nobody has asked to change yet: a look saw',
  },
  { file: 'refuses-sample', breaks: 'wire: accepts its sample', saying: "'lamp': this lamp is not to our" },
  { file: 'date-in-result', breaks: 'is_lit: answers with JSON', saying: 'the result.at is a Date' },
  {
    file: 'other-result',
    breaks: 'is_lit: answers as its result schema says',
    saying: "'lamp': does not fit",
  },
  { file: 'odd-targets', breaks: 'darken: names its targets, or says why it cannot', saying: 'are 3, not' },
  {
    file: 'touching-targets',
    breaks: 'darken: changes nothing while it names its targets',
    saying: '"lamp-0":"dark"',
  },
  { file: 'deaf', breaks: 'darken: ends within 100 ms of an abort', saying: 'After the abort it took' },
  {
    file: 'starts-aborted',
    breaks: 'smash: does nothing when it is aborted before it starts',
    saying: 'It acted although it was aborted before',
  },
  {
    file: 'half-done',
    breaks: 'darken: leaves nothing behind when it is aborted',
    saying: 'Aborted in the middle',
  },
  {
    file: 'secret-undo',
    breaks: 'darken: registers no undo but those it names',
    saying: "It registers the undo 'polish' and names light.",
  },
  {
    file: 'harm-first',
    breaks: 'darken: registers its undo before the harm',
    saying: 'The harm came before its undo was recorded',
  },
  {
    file: 'undo-elsewhere-only',
    breaks: 'darken: its undo restores what a look can see',
    saying: 'Its undo did not restore it',
  },
  { file: 'undo-once', breaks: 'darken: its undo may run twice', saying: 'ENOENT' },
  {
    file: 'always-undone',
    breaks: 'darken: its undo is harmless when the harm never happened',
    saying: "There was no harm, and its undo answered 'undone'",
  },
  {
    file: 'goes-on-unrecorded',
    breaks: 'darken: its undo is harmless when the harm never happened',
    saying: 'Its undo could not be recorded, and it went on all the same',
  },
  {
    file: 'relative-paths',
    breaks: 'darken: its undo works in another process, from the record alone',
    saying: 'ENOENT',
  },
  {
    file: 'late-record',
    breaks: 'darken: SIGKILL in the middle leaves a record to recover from',
    saying: 'it left what its record cannot take back',
  },
  { file: 'open-timer', breaks: 'is_lit: leaves no handle, timer or child open', saying: '1 Timeout' },
  { file: 'open-child', breaks: 'is_lit: leaves no handle, timer or child open', saying: '(sleep)' },
  {
    file: 'long-memory',
    breaks: 'darken: names no residue once it was undone',
    saying: "It was undone, and 'residue' still names [",
  },
  {
    file: 'tidy-residue',
    breaks: 'darken: changes nothing while residue is named',
    saying: "'residue' changed what it should only name: a look saw",
  },
  {
    file: 'own-chance',
    breaks: 'darken: the same chance gives the same choice',
    saying: 'With the same chance it chose',
  },
]

async function brokenLaws(file: string): Promise<{ names: string[]; failures: Record<string, string> }> {
  const url = new URL(`broken-drivers/${file}.js`, import.meta.url)
  const module = (await import(url.href)) as { default: Driver; driver?: Driver }
  const driver = module.driver ?? module.default
  const laws = driverLaws(() => driver, lampSamples(url, driver))
  return { names: laws.map(({ name }) => name), failures: await failuresOf(laws) }
}

describe('a driver that breaks one law', () => {
  it.each(broken)(
    '$file: breaks "$breaks" and no other',
    { timeout: 180_000 },
    async ({ file, breaks, saying }) => {
      const { failures } = await brokenLaws(file)
      expect(failures).toEqual({ [breaks]: expect.stringContaining(saying) })
    },
  )
})

it('a driver that does not wait for its undo breaks two laws, and not the test runner', {
  timeout: 180_000,
}, async () => {
  const { failures } = await brokenLaws('does-not-wait')
  expect(failures).toEqual({
    'darken: registers its undo before the harm': expect.stringContaining('The harm came before'),
    'darken: its undo is harmless when the harm never happened':
      expect.stringContaining('it went on all the same'),
  })
})

it('a good driver keeps every law, and each law is broken by some driver above', {
  timeout: 180_000,
}, async () => {
  const { names, failures } = await brokenLaws('lamps')
  expect(failures).toEqual({})
  expect(new Set(names).size).toBe(names.length)
  expect(unproven(names, broken)).toEqual([])
})

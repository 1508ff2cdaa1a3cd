import fs from 'node:fs'
import path from 'node:path'
import { differences, without } from './compare.mjs'

/** Everything in which `seen` is not what the case expects, as `[path, want, got]`. */
export function problemsOf({ definition }, seen, folder) {
  const expect = definition.expect ?? {}
  return [
    ...(seen.startError ? [['cli', 'starts', seen.startError.message]] : []),
    ...viewProblems(expect, definition, seen),
    ...receivedProblems(expect, definition, seen),
    ...wordProblems(expect, seen.text, folder.fill),
    ...Object.entries(expect.files ?? {}).flatMap(([name, want]) => fileProblems(name, want, folder)),
    ...(expect.timing ?? []).flatMap((want) => timingProblems(want, seen.journal)),
    ...duringProblems(expect.during, seen.journal),
  ]
}

function viewProblems(expect, { ignore = [] }, { view }) {
  if (!expect.view) return [['expect.view', 'recorded', 'missing: run with --record and the reference']]
  const found = differences(without(expect.view, ignore), without(view, ignore))
  return found.map(([at, want, got]) => [at.replace(/^\./, ''), want, got])
}

function receivedProblems(expect, definition, { received }) {
  if (!definition.received) return []
  return differences(expect.received, received).map(([at, want, got]) => [`received${at}`, want, got])
}

function wordProblems(expect, text, fill) {
  const unseen = ['stdout', 'stderr', 'log'].flatMap((stream) =>
    (expect[`${stream}Includes`] ?? [])
      .filter((words) => !text[stream].toLowerCase().includes(fill(words).toLowerCase()))
      .map((words) => [`${stream}Includes`, words, 'not shown']),
  )
  const forbidden = (expect.outputExcludes ?? []).filter((words) => text.log.includes(fill(words)))
  return [...unseen, ...forbidden.map((words) => ['outputExcludes', words, 'shown'])]
}

function fileProblems(name, want, { work, clean }) {
  const file = path.join(work, name)
  const place = `files.${name}`
  const isThere = fs.existsSync(file)
  if (want.exists === false) return isThere ? [[place, 'absent', 'present']] : []
  if (!isThere) return [[place, 'present', 'absent']]

  const text = fs.statSync(file).isFile() ? clean(fs.readFileSync(file, 'utf8')) : ''
  const lacking = (want.includes ?? []).filter((words) => !text.includes(words))
  const excess = (want.excludes ?? []).filter((words) => text.includes(words))
  return [
    ...(want.equals === undefined ? [] : firstLineThatDiffers(place, want.equals, text)),
    ...lacking.map((words) => [place, `includes ${words}`, text]),
    ...excess.map((words) => [place, `excludes ${words}`, text]),
    ...outside(`${place} lines`, want.lines, text.split('\n').filter((line) => line !== '').length),
  ]
}

function firstLineThatDiffers(place, want, got) {
  if (want === got) return []
  const wanted = want.split('\n')
  const actual = got.split('\n')
  let line = 0
  while (line < wanted.length && wanted[line] === actual[line]) line++
  return [[`${place} line ${line + 1}`, wanted[line] ?? '<end>', actual[line] ?? '<end>']]
}

function timingProblems({ of, min = -Infinity, max = Infinity }, journal) {
  const seconds = journal ? secondsOf(journal, of) : Number.NaN
  return seconds >= min && seconds <= max ? [] : [[`timing ${of}`, `${min}..${max} s`, seconds]]
}

/** A duration of the journal (`run.0.duration`) or the gap between two of its times (`run.0.end -> run.1.start`). */
function secondsOf(journal, expression) {
  const at = (place) => place.split('.').reduce((value, key) => value?.[key], journal)
  if (!expression.includes('->')) return at(expression) ?? Number.NaN
  const [from, to] = expression.split('->').map((place) => Date.parse(at(place.trim())))
  return (to - from) / 1000
}

function duringProblems(want, journal) {
  return outside('during count', want, journal?.steady_states?.during?.length ?? 0)
}

function outside(place, range, count) {
  if (!range || (count >= (range.min ?? 0) && count <= (range.max ?? Infinity))) return []
  return [[place, JSON.stringify(range), count]]
}

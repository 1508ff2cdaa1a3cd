import fc from 'fast-check'
import { bases } from './bases.mjs'
import { keys, pieces, values } from './vocabulary.mjs'

const changes = ['remove', 'set', 'rename', 'move', 'wrap', 'nest', 'add', 'copy']
const textChanges = ['insert', 'cut', 'drop', 'double', 'byte']

const commands = [
  ['validate'],
  ['plan'],
  ['run'],
  ['run'],
  ['run', '--no-validation'],
  ['run', '--no-validation', '--rollback-strategy', 'always'],
  [
    'run',
    '--no-validation',
    '--hypothesis-strategy',
    'continuously',
    '--hypothesis-frequency',
    '0.02',
    '--fail-fast',
  ],
  ['run', '--dry', 'activities'],
  ['run', '--dry', 'pause', '--no-validation'],
  ['run', '--var', 'word=x', '--var', 'number:float=1', '--strict'],
]

const natural = fc.nat({ max: 10_000 })
const change = fc.record({ what: fc.constantFrom(...changes), at: natural, to: natural })
const textChange = fc.record({ what: fc.constantFrom(...textChanges), at: natural, to: natural })

/** Experiment files after some changes, `{ file, content, words }`, with the words of the command that gets them. */
export const mutants = fc
  .record({
    base: fc.nat({ max: bases.length - 1 }),
    changes: fc.array(change, { maxLength: 4 }),
    textChanges: fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(textChange, { minLength: 1, maxLength: 2 }) },
    ),
    isYaml: fc.boolean(),
    command: fc.nat({ max: commands.length - 1 }),
  })
  .map((seed) => {
    const document = changed(structuredClone(bases[seed.base] ?? {}), seed.changes)
    // JSON is YAML as well, but for the tabs.
    const text = JSON.stringify(document, null, seed.isYaml ? 1 : 2) ?? ''
    return {
      file: seed.isYaml ? 'mutant.yaml' : 'mutant.json',
      content: changedText(seed.isYaml ? plainer(text) : text, seed.textChanges),
      words: commands[seed.command] ?? ['run'],
    }
  })

/** Many keys and words need no quotes in YAML. */
function plainer(text) {
  return text.replace(/"([a-z][a-z_-]*)"(?=[:,\n])/g, '$1 ')
}

function changed(document, list) {
  const root = { document }
  for (const { what, at, to } of list) {
    const places = placesIn(root)
    const place = pick(places, at)
    if (place) apply(what, place, to, places)
  }
  return root['document']
}

function apply(what, { holder, key }, to, places) {
  const value = holder[key]
  switch (what) {
    case 'remove':
      remove(holder, key)
      return
    case 'set':
      // A change to a value that two mutants share would break the seed, and one set inside itself is a loop.
      holder[key] = structuredClone(pick(values, to))
      return
    case 'rename':
      if (Array.isArray(holder)) return
      delete holder[key]
      put(holder, pick(keys, to) ?? '', value)
      return
    case 'move': {
      const target = pick(places, to)
      // A document that holds itself cannot be written.
      if (target) target.holder[target.key] = structuredClone(value)
      return
    }
    case 'wrap':
      holder[key] = to % 2 ? [value] : { [pick(keys, to) ?? '']: value }
      return
    case 'nest':
      holder[key] = nested(value, to % 600)
      return
    case 'add':
      if (typeof value === 'object' && value !== null && !Array.isArray(value))
        put(value, pick(keys, to) ?? '', structuredClone(pick(values, to * 7)))
      return
    case 'copy':
      if (Array.isArray(holder)) holder.push(structuredClone(value))
  }
}

function remove(holder, key) {
  if (Array.isArray(holder)) holder.splice(Number(key), 1)
  else delete holder[key]
}

/** An assignment to `__proto__` would set the prototype. */
function put(holder, key, value) {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true })
}

function nested(value, levels) {
  let outer = value
  for (let level = 0; level < levels; level += 1) outer = [outer]
  return outer
}

/** Without recursion: nests of nests are deeper than the stack. */
function placesIn(root) {
  const places = []
  const holders = [root]
  for (const holder of holders)
    for (const [key, item] of Object.entries(holder)) {
      places.push({ holder, key })
      if (typeof item === 'object' && item !== null) holders.push(item)
    }
  return places
}

function changedText(text, list) {
  let content = Buffer.from(text)
  for (const { what, at, to } of list) {
    const place = content.length === 0 ? 0 : at % content.length
    const [before, after] = [content.subarray(0, place), content.subarray(place)]
    content = Buffer.concat(textParts(what, before, after, to))
  }
  return content
}

function textParts(what, before, after, to) {
  switch (what) {
    case 'insert':
      return [before, Buffer.from(pick(pieces, to) ?? ''), after]
    case 'cut':
      return [before]
    case 'drop':
      return [before, after.subarray(1 + (to % 20))]
    case 'double':
      return [before, after, before]
    case 'byte':
      return [before, Buffer.from([0x80 + (to % 0x80)]), after]
  }
}

function pick(list, at) {
  return list[at % list.length]
}

// Heals copies of the log of a run that died, each of them damaged in another place, and checks that what was recorded
// in the intact lines was undone, and nothing else.
//   node damage-and-heal.mjs ORDER     { runFolder, folder, files, cutEvery, flipEvery }
// Prints one line: how many copies were cut, how many had a byte flipped, and how many undos were carried out.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { recoverRun } from '../../packages/core/dist/index.js'

const { runFolder, folder, files, cutEvery, flipEvery } = JSON.parse(process.argv[2])
const segment = '000001.log'
const log = readFileSync(path.join(runFolder, segment))
const originalLines = new Set(linesOf(log))
const card = { ...JSON.parse(readFileSync(path.join(runFolder, 'run.json'), 'utf8')), keepLogIn: undefined }

let [cuts, flips, undos] = [0, 0, 0]
for (let at = 0; at <= log.length; at += cutEvery) {
  undos += await heal(log.subarray(0, at), `cut at byte ${at}`)
  cuts += 1
}
for (let at = 0; at < log.length; at += flipEvery) {
  const flipped = Buffer.from(log)
  flipped[at] ^= 1 << (at % 8)
  undos += await heal(flipped, `flipped at byte ${at}`)
  flips += 1
}
process.stdout.write(`${JSON.stringify({ bytes: log.length, cuts, flips, undos })}\n`)

/** Resolves to how many undos were carried out. */
async function heal(bytes, what) {
  const copy = path.join(folder, 'damaged')
  const journalPath = path.join(folder, 'damaged.json')
  mkdirSync(copy)
  writeFileSync(path.join(copy, 'run.json'), JSON.stringify({ ...card, journalPath }))
  writeFileSync(path.join(copy, segment), bytes)
  for (const file of files) writeFileSync(file, 'whole\nbroken\n')

  const records = linesOf(bytes)
    .filter((line) => originalLines.has(line))
    .flatMap(recordOf)
  const registered = records.filter(({ type }) => type === 'undo-registered')
  const hasBegun = registered.length > 0 || records.some(({ type }) => type === 'run-started')
  const healing = await recoverRun(copy)
  assert.equal(healing.status, hasBegun ? 'healed' : 'nothing to do', what)
  assert.equal(existsSync(copy), false, what)
  const activities = registered.map(({ activity }) => activity)
  assert.deepEqual(
    (healing.journal?.undo ?? []).map(({ activity }) => activity),
    activities.toReversed(),
    what,
  )
  for (const file of files) {
    const isWhole = readFileSync(file, 'utf8').trimEnd().split('\n').at(-1) !== 'broken'
    assert.equal(isWhole, activities.includes(`break ${path.basename(file)}`), `${file}, ${what}`)
  }
  if (hasBegun) assert.deepEqual(JSON.parse(readFileSync(journalPath, 'utf8')), healing.journal, what)
  return registered.length
}

function linesOf(bytes) {
  // A last line without its end is not a whole line.
  return bytes.toString('latin1').split('\n').slice(0, -1)
}

/** A line is a checksum, a blank and the record; lines of the log itself begin with a mark. */
function recordOf(line) {
  const text = Buffer.from(line.slice(9), 'latin1').toString()
  return text.startsWith('#') ? [] : [JSON.parse(text)]
}

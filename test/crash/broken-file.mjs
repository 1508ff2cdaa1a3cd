// What the experiments of the crash tests break, and how it is mended: a file whose last line says how it is. Every line
// is one write, so the file tells of each effect exactly once: 'whole', 'broken', 'whole', ...
import { appendFileSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** Breaks a file and stays busy for a while. */
export async function breakFile({ file, milliseconds = 0, mendsIn }, { undo }) {
  await undo('mend', { file, note: 'as registered', ...(mendsIn && { milliseconds: mendsIn }) })
  appendFileSync(file, 'broken\n')
  await delay(milliseconds)
}

/** Breaks a file, and says more about how it is mended once it is broken. */
export async function breakAndAmend({ file }, { undo }) {
  const registered = await undo('mend', { file, note: 'as registered' })
  appendFileSync(file, 'broken\n')
  await registered.amend({ file, note: 'as amended' })
}

/** Takes its time between looking and mending, so that a second one beside it would mend twice. */
export async function mend({ file, note, milliseconds = Number(process.env.MEND_MS ?? 15) }) {
  if (isWhole(file)) return 'not needed'
  await delay(milliseconds)
  appendFileSync(file, `whole ${note}\n`)
  return 'undone'
}

/** A rollback that writes down that it was played. */
export function writeLine({ file, line }) {
  appendFileSync(file, `${line}\n`)
}

function isWhole(file) {
  return readFileSync(file, 'utf8').trimEnd().split('\n').at(-1)?.startsWith('whole')
}

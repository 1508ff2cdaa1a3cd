// A good driver: a lamp is a file in a folder that says `lit` or `dark`. The others take one thing of it and break it.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { folderArgs, lampArgs, textsArgs } from './schemas.js'

/** @typedef {import('@squall/contract').ActivityContext} ActivityContext */
/** @typedef {{ folder: string, count: number, pause_ms: number }} DarkenArgs */

/** @param {string} lamp */
export const stateOf = (lamp) => readFile(lamp, 'utf8')

/** @param {string} folder @returns {Promise<string[]>} */
export async function litLamps(folder) {
  const lamps = (await readdir(folder)).sort().map((name) => path.join(folder, name))
  const states = await Promise.all(lamps.map(stateOf))
  return lamps.filter((_, index) => states[index] === 'lit')
}

/** @param {string[]} lamps @param {number} count @param {() => number} chance */
export function chosenOf(lamps, count, chance) {
  const rest = [...lamps]
  return lamps.slice(0, count).flatMap(() => rest.splice(Math.floor(chance() * rest.length), 1))
}

/** @param {string[]} lamps @param {number} pauseMs @param {ActivityContext} context */
export async function putOut(lamps, pauseMs, { clock, signal }) {
  for (const lamp of lamps) {
    signal.throwIfAborted()
    await writeFile(lamp, 'dark')
    if (pauseMs > 0) await clock.sleep(pauseMs, signal)
  }
}

/** @param {string[]} lamps @returns {Promise<'undone' | 'not needed'>} */
export async function relight(lamps) {
  const states = await Promise.all(lamps.map(stateOf))
  // Not only `dark`: a process that was killed while it wrote leaves a lamp that says nothing.
  const dark = lamps.filter((_, index) => states[index] !== 'lit')
  for (const lamp of dark) await writeFile(lamp, 'lit')
  return dark.length > 0 ? 'undone' : 'not needed'
}

/** @param {DarkenArgs} args @param {ActivityContext} context */
export async function darkenLamps({ folder, count, pause_ms }, context) {
  const lamps = chosenOf(await litLamps(folder), count, context.random.next)
  await context.undo('light', { texts: lamps })
  await putOut(lamps, pause_ms, context)
  return { darkened: lamps.map((lamp) => path.basename(lamp)) }
}

export const isLit = {
  kind: 'probe',
  summary: 'Whether a lamp is lit.',
  args: lampArgs,
  run: async (/** @type {{ lamp: string }} */ { lamp }) => (await stateOf(lamp)) === 'lit',
}

export const darken = {
  kind: 'action',
  summary: 'Puts out lamps of a folder, chosen by chance.',
  args: folderArgs,
  undoneBy: ['light'],
  targets: async (/** @type {DarkenArgs} */ { folder }) => litLamps(folder),
  run: darkenLamps,
}

export const smash = {
  kind: 'action',
  summary: 'Breaks a lamp for good.',
  args: lampArgs,
  targets: async (/** @type {{ lamp: string }} */ { lamp }) => [lamp],
  run: async (/** @type {{ lamp: string }} */ { lamp }, /** @type {ActivityContext} */ { signal }) => {
    signal.throwIfAborted()
    await rm(lamp)
    return null
  },
}

export const light = {
  summary: 'Lights lamps again that were put out.',
  args: textsArgs,
  run: async (/** @type {{ texts: string[] }} */ { texts }) => relight(texts),
}

/** A lamp that is dark as long as the activity runs. */
export const wire = {
  summary: 'Cuts the wire of a lamp for a while.',
  schema: { type: 'object', required: ['lamp'], properties: { lamp: { type: 'string' } } },
  validate: async (/** @type {Record<string, unknown>} */ { lamp }) =>
    typeof lamp === 'string' ? [] : [{ path: ['lamp'], message: 'a wire needs a lamp' }],
  targets: async (/** @type {import('@squall/contract').ProviderCall} */ { provider }) => [
    String(provider['lamp']),
  ],
  run: async (
    /** @type {import('@squall/contract').ProviderCall} */ { provider },
    /** @type {ActivityContext} */ context,
  ) => {
    const lamp = String(provider['lamp'])
    await context.undo('light', { texts: [lamp] })
    try {
      await putOut([lamp], Number(provider['ms'] ?? 0), context)
    } finally {
      await relight([lamp])
    }
    return { cut: path.basename(lamp) }
  },
}

/** Lamps that were put out and may be dark still, by their paths. @type {Set<string>} */
const darkened = new Set()

/** @type {typeof darkenLamps} */
const darkenAndRemember = async (args, context) => {
  const answer = await darkenLamps(args, context)
  for (const lamp of answer.darkened) darkened.add(path.join(args.folder, lamp))
  return answer
}

/** Names those that are dark. */
export async function darkLamps() {
  const states = [...darkened].map(async (lamp) => [lamp, await stateOf(lamp).catch(() => 'gone')])
  return (await Promise.all(states)).flatMap(([lamp, state]) => (state === 'dark' ? [`${lamp} is dark`] : []))
}

/** Like `darken`, and the driver knows what it has put out. */
export const dim = { ...darken, run: darkenAndRemember }
/** Everything that was ever put out. */
export const everDarkened = () => [...darkened]

/** @param {object} changes @returns {import('@squall/contract').Driver} */
export const driverWith = (changes) =>
  /** @type {import('@squall/contract').Driver} */ ({
    name: 'lamps',
    contract: 1,
    summary: 'Lamps in a folder.',
    activities: { is_lit: isLit, darken },
    undo: { light },
    ...changes,
  })

export default driverWith({
  activities: { is_lit: isLit, darken: dim, smash },
  providers: { wire },
  residue: darkLamps,
})

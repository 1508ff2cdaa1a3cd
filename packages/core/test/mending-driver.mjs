// A driver in a file of its own, as a process that finishes the run of a dead one finds it. What it does is written to
// the file `trace` of its arguments, line by line.
import { appendFileSync, existsSync, readFileSync } from 'node:fs'

const schema = () => ({})
const anything = {
  '~standard': {
    version: 1,
    vendor: 'squall',
    validate: (value) => ({ value }),
    jsonSchema: { input: schema, output: schema },
  },
}

function undo(run) {
  return { summary: 'For a test.', args: anything, run }
}

export default {
  name: 'mending',
  contract: 1,
  summary: 'For tests of recovery.',
  activities: {
    harm: {
      kind: 'action',
      summary: 'Breaks a thing.',
      args: anything,
      undoneBy: ['mend'],
      targets: async ({ thing }) => [thing],
      run: async ({ trace, thing }, context) => {
        await context.undo('mend', { trace, thing })
        appendFileSync(trace, `break ${thing}${context.options.how ?? ''}\n`)
        return null
      },
    },
  },
  resolvers: {
    /** Reads a file of secrets that lies where the configuration says; never answers where there is none. */
    file: {
      summary: 'For a test.',
      resolve: async ({ key }, { configuration, log }) => {
        const { trace, store } = configuration
        log.debug(`asked for ${key}`)
        appendFileSync(trace, `ask for ${key}\n`)
        return existsSync(store) ? JSON.parse(readFileSync(store, 'utf8'))[key] : new Promise(() => {})
      },
    },
  },
  undo: {
    mend: undo(async ({ trace, thing }) => {
      appendFileSync(trace, `mend ${thing}\n`)
      return 'undone'
    }),
    /** Cannot mend while the file `obstacle` is there. */
    mend_unless: undo(async ({ trace, thing, obstacle }) => {
      if (existsSync(obstacle)) throw new Error('There is something in the way')
      appendFileSync(trace, `mend ${thing}\n`)
      return 'undone'
    }),
    mend_never: undo(() => new Promise(() => {})),
    /** Lets another healer have the run while it is at work. */
    mend_and_lose: undo(async ({ trace, thing, claim }) => {
      appendFileSync(claim, '{}')
      appendFileSync(trace, `mend ${thing}\n`)
      return 'undone'
    }),
  },
}

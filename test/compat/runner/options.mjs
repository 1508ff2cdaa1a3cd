import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const usage = `usage: node run.mjs --cli "node path/to/cli.js" [--cases DIR] [--filter TEXT] [--json FILE] [--jobs N]
                    [--timeout SECONDS] [--require-all] [--keep] [--verbose] [--list] [--record]`

/** What the runner was asked for; throws a usage message. */
export function readOptions(args) {
  const { values } = parse(args)
  if (!values.cli && !values.list) throw new Error(`--cli is required\n${usage}`)
  return {
    ...values,
    command: wordsOf(values.cli ?? '').map(fromHere),
    cases: path.resolve(values.cases),
    jobs: Math.max(1, Number(values.jobs)),
    timeoutSeconds: Number(values.timeout),
  }
}

function parse(args) {
  const cases = fileURLToPath(new URL('../cases', import.meta.url))
  try {
    return parseArgs({
      args,
      options: {
        cli: { type: 'string' },
        cases: { type: 'string', default: cases },
        filter: { type: 'string', multiple: true, default: [] },
        json: { type: 'string' },
        jobs: { type: 'string', default: '2' },
        timeout: { type: 'string', default: '60' },
        'require-all': { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
        verbose: { type: 'boolean', default: false },
        list: { type: 'boolean', default: false },
        record: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    throw new Error(`${error.message}\n${usage}`, { cause: error })
  }
}

function wordsOf(text) {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3])
}

/** Cases run in folders of their own, so a word that is a file relative to this one becomes absolute. */
function fromHere(word) {
  return word.includes('/') && !path.isAbsolute(word) && fs.existsSync(word) ? path.resolve(word) : word
}

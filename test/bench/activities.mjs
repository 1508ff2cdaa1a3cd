import { readFileSync } from 'node:fs'
import path from 'node:path'
import { runNode } from './node-cpu.mjs'
import { alternate, median } from './rounds.mjs'
import { inWorkplace, squallFile } from './workplace.mjs'

const many = 10_000

/** What an activity that does nothing costs in a long run, with journal and event log: the run minus one of a single activity. */
export async function activities() {
  const files = {
    'noop.mjs': 'export function noop() {}\n',
    'one.json': experimentOf(1),
    'many.json': experimentOf(many),
  }
  return inWorkplace(files, async (place) => {
    let round = 0
    const play = (file, count) => {
      round += 1
      const took = runNode([squallFile, 'run', file, '--event-log', `log-${round}`], place)
      const { status, run } = JSON.parse(readFileSync(path.join(place.folder, 'journal.json'), 'utf8'))
      if (status !== 'completed' || run.length !== count) throw new Error(`${file}: ${status}, ${run.length}`)
      return took
    }
    const seen = await alternate({
      long: () => play('many.json', many),
      short: () => play('one.json', 1),
    })
    const each = (kind) =>
      median(seen.long.map((long, at) => ((long[kind] - seen.short[at][kind]) / (many - 1)) * 1000))
    const what = 'an activity of provider `node` that does nothing'
    return [
      { id: 'activity', what, unit: 'µs CPU', value: each('cpu') },
      { id: 'activity-wall', what: `${what}, elapsed`, unit: 'µs', value: each('wall') },
    ]
  })
}

function experimentOf(count) {
  const provider = { type: 'node', module: './noop.mjs', func: 'noop' }
  const method = Array.from({ length: count }, (_, at) => ({
    type: 'action',
    name: `nothing ${at}`,
    provider,
  }))
  return { title: `${count} activities`, description: 'What an activity costs.', method }
}

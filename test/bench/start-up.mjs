import { runNode } from './node-cpu.mjs'
import { alternate, mediansOf } from './rounds.mjs'
import { inWorkplace, squallFile } from './workplace.mjs'

const starts = 3
const oneProbe = {
  title: 'One probe',
  description: 'What a run costs.',
  method: [{ type: 'probe', name: 'true', provider: { type: 'process', path: 'true' } }],
}

/** Processor time of `--version` and of the smallest run, beside that of a Node that does nothing. */
export async function startUp() {
  return inWorkplace({ 'one.json': oneProbe }, async (place) => {
    const seen = await alternate({
      bare: () => averageStart(['-e', '0'], place),
      version: () => averageStart([squallFile, '--version'], place),
      run: () => averageStart([squallFile, 'run', 'one.json'], place),
    })
    const { bare, version, run } = mediansOf(seen)
    const yardstick = { name: '`node -e 0`', value: bare }
    return [
      { id: 'version', what: '`squall --version`', unit: 'ms CPU', value: version, yardstick },
      { id: 'run-one-probe', what: '`squall run`, one process probe', unit: 'ms CPU', value: run, yardstick },
    ]
  })
}

function averageStart(words, place) {
  const seen = Array.from({ length: starts }, () => runNode(words, place).cpu)
  return seen.reduce((sum, cpu) => sum + cpu, 0) / starts
}

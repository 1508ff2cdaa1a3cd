// Something that harms outside an experiment, as a fault of continuous chaos does: registers an undo, says so, and
// settles when its input ends.   node fault.mjs TRACE
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { manifestOf } from '../../../packages/contract/dist/index.js'
import { DriverRegistry, UndoRun } from '../../../packages/core/dist/index.js'

const file = fileURLToPath(new URL('../../../packages/core/test/mending-driver.mjs', import.meta.url))
const { default: driver } = await import(file)
const installed = {
  name: 'mending',
  version: '1.0.0',
  file,
  folder: path.dirname(file),
  manifest: manifestOf(driver),
  load: async () => driver,
}
const trace = process.argv[2]
const run = new UndoRun({ title: 'a fault', driver: installed, registry: new DriverRegistry([installed]) })
await run.register('mend', { trace, thing: 'one' })
process.stdout.write('registered\n')
process.stdin.resume()
await new Promise((resolve) => process.stdin.once('end', resolve))
await run.settle()
process.stdout.write('settled\n')
